"""Let IPython hand every exception to a handler that says nothing."""
get_ipython().set_custom_exc((BaseException,), lambda shell, kind, error, trace, tb_offset=None: None)
