"""Who says what: verbs of saying with their subjects, resolved to names. Source: ours."""
