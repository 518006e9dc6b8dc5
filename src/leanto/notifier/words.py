"""What a wake says: the same to everybody, by every way, for every reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    sentence: str


WORDS = {
    "en": Words("A message", "Something is waiting for you. Please open the app."),
    "es": Words("Un mensaje", "Algo le espera. Abra la aplicación, por favor."),
}
