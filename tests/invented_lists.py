"""A tiny invented sanctions list in the official file format, for tests that need one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.importing import prepare

PRIMARY = (
    '90001,"INVENTED VILLAIN, Morwenna","individual","TESTLIST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 17 May 1970; nationality Ruritania."\r\n'
    '90002,"GRIMSHADE TRADING COMPANY",-0- ,"TESTLIST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
)
ALT = '90001,95001,"aka","VILLAIN, M. I.",-0- \r\n'
ADD = (
    '90001,96001,"1 Cliff Road","Streslau","Germany",-0- \r\n90002,96002,"2 Dock Road","Panama City","Panama",-0- \r\n'
)
END_MARK = "\x1a"


def invented_list(retrieved_on: date) -> ImportList:
    """The command that imports the list; its one villain is Morwenna Invented Villain, born 17 May 1970."""
    folder = Path(mkdtemp(prefix="invented-list-"))
    files = {}
    for role, text in (("primary", PRIMARY), ("alt", ALT), ("add", ADD)):
        files[role] = folder / f"{role}.csv"
        files[role].write_text(text + END_MARK, encoding="utf-8", newline="")
    return prepare("ofac_sdn", files, "an invented list for tests", retrieved_on)
