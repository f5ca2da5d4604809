"""What each kind of letter says: composed when it is sent, in the language of its reader.

To add a kind of letter (a reminder, say):

1. `mail.models.Kind`: one member, never renamed once shipped. No migration is needed.
2. The deed writes it, in its own transaction: `accounts.addresses.write_to(db, user_id,
   Kind.…, now=now, subject_id=…, **ids_and_figures)` for what a person may switch off, or
   `mail.service.write(db, user_id, address, Kind.…, facts={…}, …)` for what they must get.
   Both do nothing where no mail server is set up. `due_at` puts it off;
   `mail.service.hurry` sends at once.
3. Here: a function `Desk -> Words | None` that looks up names and titles *now* and says them;
   None when there is nothing to say any more (what it was about was taken back): the letter is
   then dropped as not needed. Sentences are marked with `N_` and said by `desk.say`, so they
   stand in `translations/vi/letters.po`. Addresses come from `letters.paths`.
4. `letters.kinds.COMPOSERS`: the line that puts 1 and 3 together. A test misses none.

A letter is sent at least once: the words must not mind being read twice.
"""
