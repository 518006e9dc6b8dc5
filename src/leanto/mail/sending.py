"""Hands one letter to the mail server of `[mail]`."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import localtime, make_msgid

from leanto.mail.settings import Mail, Tls

WITHIN_SECONDS = 10
REFUSED = 400


class MailNotTaken(Exception):
    """The server did not take it, or nobody knows: it may be handed over again."""


def send(mail: Mail, *, to: str, subject: str, text: str) -> None:
    """Returns once the server has it. Raises MailNotTaken; blocks for ten seconds at each step."""
    try:
        with _server(mail) as server:
            _sign_in(server, mail)
            server.send_message(_letter(mail, to, subject, text), mail.sender, [to])
    except (smtplib.SMTPException, OSError) as fault:
        raise MailNotTaken(type(fault).__name__) from None


def greet(mail: Mail, *, to: str) -> None:
    """Would the server take a letter for them now? Nothing is sent. Raises MailNotTaken."""
    try:
        with _server(mail) as server:
            _sign_in(server, mail)
            server.ehlo_or_helo_if_needed()
            for code, _ in (server.noop(), server.mail(mail.sender), server.rcpt(to)):
                if code >= REFUSED:
                    raise MailNotTaken(str(code))
            server.rset()
    except (smtplib.SMTPException, OSError) as fault:
        raise MailNotTaken(type(fault).__name__) from None


def _server(mail: Mail) -> smtplib.SMTP:
    if mail.tls is Tls.FROM_THE_START:
        secure = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=WITHIN_SECONDS, context=secure)
    return smtplib.SMTP(mail.host, mail.port, timeout=WITHIN_SECONDS)


def _sign_in(server: smtplib.SMTP, mail: Mail) -> None:
    if mail.tls is Tls.STARTTLS:
        server.starttls(context=ssl.create_default_context())
    if mail.password_file is not None:
        server.login(mail.user, mail.password_file.read_text("utf-8").strip())


def _letter(mail: Mail, to: str, subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = mail.sender, to, subject
    letter["Date"] = localtime()
    letter["Message-ID"] = make_msgid(domain=mail.sender.partition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="8bit")
    return letter
