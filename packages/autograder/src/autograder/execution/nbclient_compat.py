"""The private parts of nbclient, and of nbgrader's preprocessor above it, under names of our own."""

import asyncio
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute


class OpenExecute(Execute):
    """nbgrader's own execution, in which can be overridden how a reply is waited for and how a cell is stopped."""

    async def reply_of(
        self, request: str, cell: NotebookNode, seconds: int | None, outputs: asyncio.Future[Any]
    ) -> Any:
        """Wait until a cell is done, and for what it still prints; return its reply."""
        raise NotImplementedError

    async def stop_cell(self, seconds: float, cell: NotebookNode | None) -> Any:
        """Interrupt a cell that took longer than `seconds`, and return what stands for its reply."""
        return await super()._async_handle_timeout(seconds, cell)

    @property
    def displayed(self) -> dict[str, Any]:
        """The outputs that later messages may change, by their display id."""
        found: dict[str, Any] = self._display_id_map
        return found

    def take_up(self, notebook: NotebookNode, resources: dict[str, Any]) -> None:
        """Begin with another notebook, as nbconvert's preprocessor does before it has a kernel."""
        NotebookClient.__init__(self, notebook, None)
        self.kc = None
        self.reset_execution_trackers()
        self._check_assign_resources(resources)

    async def _async_poll_for_reply(
        self,
        msg_id: str,
        cell: NotebookNode,
        timeout: int | None,
        outputs: asyncio.Future[Any],
        alive: asyncio.Future[Any],
    ) -> Any:
        try:
            return await self.reply_of(msg_id, cell, timeout, outputs)
        finally:
            alive.cancel()

    async def _async_handle_timeout(self, timeout: float, cell: NotebookNode | None = None) -> Any:
        return await self.stop_cell(timeout, cell)
