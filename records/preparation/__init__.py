"""Getting ready: what people say before the conversation, what is open for each, what is owed."""
