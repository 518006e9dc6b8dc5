"""The signed word of the program: who may be asked, for how long, and the lines that answer."""
