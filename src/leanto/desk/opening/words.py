"""Each step in plain words: what to do, why, who does it, and where."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leanto.rules.opening import Step

type Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class StepWords:
    """`place`: the name of the page on which it is done."""

    title: Words
    what: Words
    why: Words
    who: Words
    place: str
    link: Words


COORDINATOR = _("A coordinator")
WORDS = {
    Step.COORDINATORS: StepWords(
        title=_("Two coordinators"),
        what=_("Invite a second coordinator, and have both set up an authenticator app."),
        why=_("One person can fall ill, leave, or be leaned on. Two never lose the desk at once."),
        who=COORDINATOR,
        place="staff",
        link=_("Go to staff"),
    ),
    Step.CHARTER: StepWords(
        title=_("The charter is in force"),
        what=_("Carry the charter request to the key holder, and bring the signed charter back."),
        why=_("Officers' phones trust nothing that the key holder has not signed."),
        who=_("The key holder, and a coordinator who carries"),
        place="charter",
        link=_("Go to the charter"),
    ),
    Step.SHEETS: StepWords(
        title=_("Two sheets, two holders"),
        what=_("Print both key sheets, give them to two people, and write down who keeps which."),
        why=_("When one sheet burns or is stolen, the other one saves the program."),
        who=_("The two key holders"),
        place="confirm_step",
        link=_("Write down who keeps which"),
    ),
    Step.REHEARSED: StepWords(
        title=_("Both sheets were typed in once"),
        what=_("Have each holder type in their sheet, and bring back the file that it makes."),
        why=_("A sheet that nobody can read back is no sheet. Find out now, not in a bad month."),
        who=_("The two key holders"),
        place="rehearsal",
        link=_("Go to the rehearsal"),
    ),
    Step.PACK: StepWords(
        title=_("Counsel stands behind the limits"),
        what=_("Have your lawyer read the limits of confidentiality, and write down their name."),
        why=_("Officers rely on these words. A wrong promise can cost somebody their job."),
        who=_("Counsel; a coordinator writes it down"),
        place="confirm_step",
        link=_("Write down counsel's name"),
    ),
    Step.HELPLINES: StepWords(
        title=_("Every line was dialled"),
        what=_("Dial every number on the list, hear who answers, and write down who dialled."),
        why=_("A dead number in a bad night is worse than no number."),
        who=COORDINATOR,
        place="confirm_step",
        link=_("Write down who dialled"),
    ),
    Step.ANSWERING_LINE: StepWords(
        title=_("A line that always answers"),
        what=_("Dial one of the lines in the middle of the night, and hear a person."),
        why=_("When no peer answers, this is where officers are sent, at any hour."),
        who=COORDINATOR,
        place="confirm_step",
        link=_("Write down which line answered"),
    ),
    Step.MAIL: StepWords(
        title=_("Mail arrives"),
        what=_("Send yourself a letter from here, and type its code back."),
        why=_("By mail you hear that a night has nobody. Without it you must look every day."),
        who=_("A coordinator; the operator sets the mail server"),
        place="test_mail",
        link=_("Test the mail"),
    ),
    Step.PHONES: StepWords(
        title=_("Phones ring"),
        what=_("Have the notifier set up, and one peer receive a test notification."),
        why=_("A peer whose phone stays silent is not there."),
        who=_("The operator, and one peer"),
        place="peers",
        link=_("Go to peers"),
    ),
    Step.PEERS: StepWords(
        title=_("Three peers are ready"),
        what=_(
            "Enrol three peers at least, each with a test notification that arrived and a phone "
            "that opened what was sealed to it."
        ),
        why=_("Whoever knows one of them still has two others to ask."),
        who=_("Peers, with a coordinator who compares words"),
        place="peers",
        link=_("Go to peers"),
    ),
    Step.COVER: StepWords(
        title=_("Two weeks without a hole"),
        what=_("Fill the rota: somebody on duty in every hour of the next two weeks."),
        why=_("The first officer who asks will ask in the hour that nobody took."),
        who=COORDINATOR,
        place="rota",
        link=_("Go to the rota"),
    ),
    Step.RETENTION: StepWords(
        title=_("A retention schedule"),
        what=_("Have the program adopt what is kept how long, and write down who adopted it."),
        why=_("Made before the first demand for records, it is a rule. Made after, it is a fight."),
        who=_("The program's board, with counsel"),
        place="confirm_step",
        link=_("Write down who adopted it"),
    ),
    Step.DAY: StepWords(
        title=_("The day"),
        what=_("Choose the day on which the program opens."),
        why=_("Officers' phones say it, so that nobody waits for an answer before that day."),
        who=COORDINATOR,
        place="opening_day",
        link=_("Choose the day"),
    ),
}
