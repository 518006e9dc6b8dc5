"""The way to the first night: what is green, what people confirmed, and from when officers ask."""
