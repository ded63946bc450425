"""Thunderbird shows the buttons for an invitation, takes the update and the cancellation, and its answers count.

By hand, because it takes a minute and a screen: PYTHON tests/acceptance/thunderbird.py PROGRAM [FOLDER]
Needs from Debian: thunderbird xvfb xdotool dbus-x11 imagemagick; PYTHON is that of tests/run's environment.
Pictures of what it showed go into FOLDER. Tried with Thunderbird 153: the bar of buttons stands at the same
place in every run, and what counts is what came of pressing them: the mails it sent and its calendar.
"""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "independent"))

from support import Programme, folder
from support.post import Post

SCREEN = ":78"
RECIPIENT, ORGANIZER = "upala@example.org", "secretaria@example.org"
ACCEPT, DELETE = (500, 208), (815, 208)

base = folder()
pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else base
profile = base / "profile"
environment = {**os.environ, "DISPLAY": SCREEN, "HOME": str(base), "LANG": "C.UTF-8"}


def settings(port):
    home = "calendar.registry.home."
    return {
        "mail.accountmanager.accounts": "account1,account2", "mail.accountmanager.defaultaccount": "account2",
        "mail.accountmanager.localfoldersserver": "server1", "mail.account.account1.server": "server1",
        "mail.server.server1.type": "none", "mail.server.server1.hostname": "Local Folders", "mail.server.server1.userName": "nobody",
        "mail.account.account2.server": "server2", "mail.account.account2.identities": "id1",
        "mail.server.server2.type": "pop3", "mail.server.server2.hostname": "127.0.0.1", "mail.server.server2.port": 9,
        "mail.server.server2.userName": "upala", "mail.server.server2.login_at_startup": False, "mail.server.server2.check_new_mail": False,
        "mail.identity.id1.useremail": RECIPIENT, "mail.identity.id1.fullName": "Upala", "mail.identity.id1.smtpServer": "smtp1",
        "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1", "mail.smtpserver.smtp1.hostname": "127.0.0.1",
        "mail.smtpserver.smtp1.port": port, "mail.smtpserver.smtp1.try_ssl": 0, "mail.smtpserver.smtp1.authMethod": 1,
        "mail.provider.suppress_dialog_on_startup": True, "mail.shell.checkDefaultClient": False, "mail.spam.version": 1,
        "mailnews.start_page.enabled": False, "mailnews.start_page_override.mstone": "ignore", "mail.openMessageBehavior": 0,
        "mail.inappnotifications.enabled": False, "app.donation.eoy.version.viewed": 999,
        "datareporting.policy.dataSubmissionEnabled": False,
        "calendar.timezone.local": "America/Costa_Rica", "calendar.timezone.useSystemTimezone": False, "calendar.list.sortOrder": "home",
        home + "type": "storage", home + "uri": "moz-storage-calendar://", home + "name": "Home",
        home + "imip.identity.key": "id1", home + "calendar-main-in-composite": True,
    }


def shown(mail, button, name):
    """Opens a mail, presses a button of the bar, and closes the program."""
    path = base / f"{name}.eml"
    path.write_bytes(mail)
    program = subprocess.Popen(
        ["thunderbird", "--profile", profile, "--no-remote", path], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(25 if name == "1-invitation" else 15)
    subprocess.run(["import", "-window", "root", pictures / f"{name}.png"], env=environment, check=True)
    subprocess.run(["xdotool", "mousemove", *map(str, button), "click", "1"], env=environment, check=True)
    time.sleep(6)
    subprocess.run(["import", "-window", "root", pictures / f"{name}-pressed.png"], env=environment, check=True)
    program.terminate()
    program.wait()
    time.sleep(2)


def events():
    with sqlite3.connect(profile / "calendar-data/local.sqlite") as calendar:
        return calendar.execute("select id, event_start from cal_events").fetchall()


def main():
    profile.mkdir()
    programme = Programme({"upala": RECIPIENT})
    screen = subprocess.Popen(["Xvfb", SCREEN, "-screen", "0", "1200x900x24"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", f"--address=unix:path={base}/bus"], stderr=subprocess.DEVNULL)
    environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={base}/bus"
    try:
        with Post() as post:
            lines = (f"user_pref({name!r}, {str(value).lower() if isinstance(value, (bool, int)) else repr(value)});" for name, value in settings(post.port).items())
            (profile / "user.js").write_text("\n".join(lines) + "\n")

            def stage(name, button):
                post.send(programme, "--session", "1")
                mail, = post.take(RECIPIENT)
                shown(mail, button, name)

            def attending():
                programme.convoca("replies", post.base / ORGANIZER)
                return programme.answers()

            stage("1-invitation", ACCEPT)
            (uid, first), = events()
            assert attending() == {"upala": "accepted"}
            programme.change("1-global-initiatives.toml", "^date = 2022-10-27$", "date = 2022-10-20")
            stage("2-update", ACCEPT)
            (same, second), = events()
            assert same == uid and first - second == 7 * 86_400 * 1_000_000, "moved by a week"
            assert attending() == {"upala": "accepted"}
            programme.change("1-global-initiatives.toml", '^status = "[a-z]*"', 'status = "cancelled"')
            stage("3-cancellation", DELETE)
            assert events() == [], "taken out of the calendar"
    finally:
        screen.terminate()
        bus.terminate()
    print("Thunderbird accepted the invitation and its update, and took the cancelled session out of its calendar")


if not shutil.which("thunderbird"):
    sys.exit("thunderbird is not installed")
main()
