"""Who asks for a page: the visit, the session, the customer or clerk, and the connection that sees what is theirs."""
