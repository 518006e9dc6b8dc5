"""The desk's settings, urls and middleware: the only place where its apps meet."""
