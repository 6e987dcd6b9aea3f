"""What the office could not do by itself: mails that cannot be delivered, and bills whose PDF cannot be made."""
