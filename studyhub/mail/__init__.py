"""Letters by e-mail: an outbox whose truth is a row, and the way to a mail server.

What a letter says is known to `studyhub.letters`; here it is only kept, sent, tried
again and given up.
"""
