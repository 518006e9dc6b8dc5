"""What the practice peer says. Every line says that it is practice; none plays a person."""

HERE = (
    "I'm here. (Practice: I am a program, so that you can try a talk. With a real program an "
    "officer who has been there would write this.)"
)
FIRST = (
    "Practice: take your time. Write anything, or nothing. Try to close this window and open it "
    "again, or to burn the talk."
)
AGAIN = (
    "Practice: we spoke before. Your device proved it to mine, and told it nothing else. Take your "
    "time."
)
KEPT = (
    "Practice: you keep me now. When you ask me again, I will know that we spoke, and not who you "
    "are."
)
ANSWERS = (
    "Practice: I read you. A peer would ask how you are holding up since then.",
    "Practice: thank you for saying it. A peer would tell you about their own bad night.",
    (
        "Practice: a peer might ask: do you have thoughts of ending your life? They are trained to "
        "ask it plainly. If you do, right now and for real, the lines on this page answer."
    ),
    "Practice: you can end the talk, keep writing, or burn it. Nothing of it stays on a server.",
)


def answer(turn: int) -> str:
    """The line for this turn of the talk, around and around."""
    return ANSWERS[turn % len(ANSWERS)]
