"""What of a wiki is searched: pure records of its pages, and the rule by which two words are the same word."""
