"""What people read, as `tests.bot.commands.test_texts` renders it."""

TABLE = """
A new store
===========

> (invited)
    Hello! I'm Paperwire. I post new research papers that match this channel's subscriptions. Tell me what to
      follow, for example:
    - `/subscribe reinforcement learning`
        (Try it)
    ~ `/papers help` shows everything I can do.

> /papers help
    I post new research papers here that match this channel's subscriptions.
    `/subscribe QUERY`: post every new paper that matches here
    `/subscriptions`: what this channel is subscribed to
    `/papers today [DAY]`: today's papers, or another day's, most votes first
    **Find papers**
    `/papers search QUERY` · `/papers trending` · `/papers try QUERY`
    **One paper**
    `/papers show PAPER` · `/papers abstract PAPER` · `/papers links PAPER` · `/papers why PAPER` · `/papers less
      PAPER` · `/papers like PAPER` · `/papers follow PAPER or NUMBER`
    **Reading list**
    `/papers save PAPER` · `/papers saved` · `/papers unsave PAPER`
    **What comes here**
    `/papers edit NUMBER` · `/papers change NUMBER QUERY` · `/unsubscribe QUERY or NUMBER`
    **When it comes**
    `/papers digest [SCHEDULE]` · `/papers pause [SPAN]` · `/papers resume [SUBSCRIPTION]` · `/papers zone [ZONE]`
    **How it goes**
    `/papers status` · `/papers help`
    QUERY: a phrase, several with commas, AND, NOT, or ~ and a subject. PAPER: an arXiv id, or a link.
    ~ Try `/subscribe reinforcement learning`

> /subscriptions
    Papers are posted as soon as they are found.
    This channel has no subscriptions yet. Try `/subscribe reinforcement learning`

> /subscribe violins
    Subscribed to papers that mention “violins”.
    I have no papers from the last 30 days yet, so I can't say what this would have brought.
    (Undo) (Make it a digest)
    » ada subscribed this channel to papers that mention “violins”.

> /papers try violins
    Papers that mention “violins”.
    I have no papers from the last 30 days yet, so I can't say what this would have brought.
    (Subscribe)

> /papers search violins
    No papers match “violins”.
    ~ Broader words find more, and a comma adds alternatives, for example `rlhf, reward model`
    (Try it anyway) (Subscribe to this)

> /papers today
    There are no papers for 10 March 2026 yet. The first ones come soon after midnight UTC.

> /papers trending
    No paper of the last 7 days gained votes in the last 24 hours.
    (Today's papers)

! /papers why 9901.00001
    I can't find the paper 9901.00001, and neither can my sources.
    ~ Check the id. Hugging Face, for one, doesn't have every paper that is on arXiv.

> /papers saved
    The reading list is empty.
    ~ To put a paper on it, press Save on its card, or: `/papers save 2608.01234`

> /papers status
    This isn't the running service, so I can't see its polls.
    Matched so far: no papers; 0 delivered, 0 waiting, 0 failed, 0 dropped after waiting too long.
    **This channel**
    Papers are posted as soon as they are found.

A store with papers
===================

> (invited)
    Hello! I'm Paperwire. This channel is already subscribed, so I post new papers that match:
    - 1. **speculative kettles**
    ~ `/subscriptions` says who subscribed, and what each brings. `/papers help` shows everything I can do.

> /subscribe surgery
    Subscribed to papers that mention “surgery”.
    In the last 30 days: 2 papers. The latest:
    • [Dental Surgery by Robots]
    • [Surgery by Robots]
    (Undo) (Make it a digest)
    » ada subscribed this channel to papers that mention “surgery”.

! /subscribe surgery
    This channel is already subscribed to **surgery** (number 2).
    ~ `/subscriptions` lists what this channel is subscribed to.

> /subscribe robot*
    Subscribed to papers that mention “robot…”.
    In the last 30 days: 30 papers, about 1 a day. The latest:
    • [Dental Surgery by Robots]
    • [Robots Number 1]
    • [Robots Number 4]
    (Undo) (Make it a digest)
    » ada subscribed this channel to papers that mention “robot…”.

! /subscribe
    What should I look for?
    ~ For example `/subscribe rlhf, reward model`
    (rlhf, reward model)

! /subscribe (robots
    This bracket is never closed.
    | (robots
    | ^
    ~ For example: (robots)
    ((robots))

! /subscribe robots or violins
    “or” is taken for a word; operators are written AND, OR and NOT, in capitals.
    | robots or violins
    |        ^
    ~ Did you mean **robots OR violins** (30 papers)? No paper of the last 30 days has the phrase. To look for it
      all the same, put it in quotes: **"robots or violins"**
    (robots OR violins (30)) ("robots or violins")

> /subscribe robots and dance
    Subscribed to papers that mention “robots and dance”.
    “and” is taken for a word; operators are written AND, OR and NOT, in capitals. In the last 30 days the phrase
      would have brought no papers, “robots AND dance” no papers and “robots, dance” 30 papers.
    In the last 30 days: no papers.
    ~ Broader words find more, and a comma adds alternatives, for example `rlhf, reward model`
    (Undo) (robots AND dance) (robots, dance (30)) (Make it a digest)
    » ada subscribed this channel to papers that mention “robots and dance”.

> /subscribe surgrey
    Subscribed to papers that mention “surgrey”.
    In the last 30 days: no papers.
    No paper of the last 30 days has “surgrey”. Did you mean **surgery** (2 papers)?
    (Undo) (Make it a digest) (surgery (2))
    » ada subscribed this channel to papers that mention “surgrey”.

> /subscribe humming kettles
    Subscribed to papers that mention “humming kettles”.
    In the last 30 days: no papers.
    This comes closest:
    • [Copper Kettles]: it doesn't mention “humming kettles”, only “kettles”
    A broader query would have brought some:
    • **kettles**: 1 paper
    (Undo) (Make it a digest) (kettles (1))
    » ada subscribed this channel to papers that mention “humming kettles”.

> /subscribe author:Nobody
    Subscribed to papers by “Nobody”.
    In the last 30 days: no papers.
    ~ Names have to be spelled as on the list. If they are, their papers are still to come.
    (Undo) (Make it a digest)
    » ada subscribed this channel to papers by “Nobody”.

> /subscribe *
    Subscribed to every paper.
    In the last 30 days: 31 papers, about 1 a day. The latest:
    • [Dental Surgery by Robots]
    • [Robots Number 1]
    • [Robots Number 4]
    (Undo) (Make it a digest)
    » ada subscribed this channel to every paper.

> /subscriptions
    Papers are posted as soon as they are found.
    This channel has 8 subscriptions (1–6):
    - 1. **speculative kettles**
        by ada, 18 February · no matches in 30 days · “kettles” would have brought 1 paper
        (Edit) (Pause) (Remove)
    - 2. **surgery**
        by ada, 10 March · 2 matches in 30 days · last match 10 March
        (Edit) (Pause) (Remove)
    - 3. **robot***
        by ada, 10 March · 30 matches in 30 days, about 1 a day · last match 10 March
        (Edit) (Pause) (Remove)
    - 4. **robots and dance**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 5. **surgrey**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 6. **humming kettles**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    (Next) (Try kettles)

> /papers edit 1
    Subscription 1 follows **speculative kettles**.
    For another query: `/papers change 1 reinforcement learning`
    To add a condition: `/papers change 1 + -survey`

! /papers edit
    Which subscription should I change?
    ~ `/subscriptions` lists them with their numbers.

> /papers change 1 surgery -dental
    Subscription 1 now follows papers that mention “surgery”, without “dental”.
    Before: **speculative kettles**
    In the last 30 days it would have brought 1 paper.
    (Undo)
    » ada changed the subscription “speculative kettles” to “surgery -dental”.

> /papers change 1 + upvotes>=3
    Subscription 1 now follows papers that mention “surgery”, with at least 3 votes, without “dental”.
    Before: **surgery -dental**
    In the last 30 days it would have brought no papers.
    (Undo)
    » ada changed the subscription “surgery -dental” to “surgery -dental AND upvotes>=3”.

! /papers change 1
    What should subscription 1 follow instead of **surgery -dental AND upvotes>=3**?
    ~ Give its number and the new query, for example `/papers change 1 reinforcement learning -survey`

! /papers change 99 robots
    This channel has no subscription 99.
    ~ `/subscriptions` lists them with their numbers.

> /papers try surgery
    Papers that mention “surgery”.
    In the last 30 days: 2 papers. The latest:
    • [Dental Surgery by Robots]
    • [Surgery by Robots]
    (Subscribe)

> /papers try humming kettles
    Papers that mention “humming kettles”.
    In the last 30 days: no papers.
    This comes closest:
    • [Copper Kettles]: it doesn't mention “humming kettles”, only “kettles”
    A broader query would have brought some:
    • **kettles**: 1 paper
    (Subscribe) (kettles (1))

> /papers search surgery
    2 papers for **surgery**, best matches first:
    [card] Surgery by Robots
    [card] Dental Surgery by Robots
    (Subscribe to this)

> /papers search humming kettles
    No papers match “humming kettles”. 1 paper matches “humming, kettles”.
    The closest:
    - [Copper Kettles]: it doesn't mention “humming kettles”, only “kettles”
    (Search wider) (Try wider) (Subscribe to this)

> /papers search harpsichords
    No papers match “harpsichords”.
    ~ Broader words find more, and a comma adds alternatives, for example `rlhf, reward model`
    (Try it anyway) (Subscribe to this)

> /papers today
    10 papers on the list of 10 March 2026, most votes first:
    [card] Robots Number 25
    [card] Robots Number 22
    [card] Robots Number 19
    [card] Robots Number 16
    [card] Robots Number 13
    [card] Robots Number 10
    [card] Robots Number 7
    [card] Robots Number 4
    [card] Robots Number 1
    [card] Dental Surgery by Robots

> /papers today sunday
    10 papers on the list of 8 March 2026, most votes first:
    [card] Robots Number 27
    [card] Robots Number 24
    [card] Robots Number 21
    [card] Robots Number 18
    [card] Robots Number 15
    [card] Robots Number 12
    [card] Robots Number 9
    [card] Robots Number 6
    [card] Robots Number 3
    [card] Robots Number 0

> /papers today 1 May
    I have no papers for 1 May 2025. My records start around 8 March 2026.

! /papers today someday
    I can't read “someday” as a date.
    ~ Write it as tuesday, 24 Nov or 2026-11-24, or leave it out for today's list.

> /papers trending
    Papers of the last 7 days that gained votes fastest in the last 24 hours:
    ~ Estimated: I started tracking votes less than an hour ago.
    [card] Robots Number 25
    [card] Robots Number 22
    [card] Robots Number 19
    [card] Robots Number 16
    [card] Robots Number 13
    [card] Robots Number 10
    [card] Robots Number 26
    [card] Robots Number 7
    [card] Robots Number 23
    [card] Robots Number 20

> /papers abstract 9901.00000
    [Dental Surgery by Robots]
    Acme Labs · Ada Example, Ben Sample
    We teach robots surgery. They need no teeth.
    (PDF) (Save)

! /papers abstract
    Which paper do you mean?
    ~ Give its arXiv id or a link, for example 2608.01234.

! /papers abstract 9901.99999
    I can't find the paper 9901.99999, and neither can my sources.
    ~ Check the id. Hugging Face, for one, doesn't have every paper that is on arXiv.

> /papers why 9901.00000
    [Dental Surgery by Robots]
    It matches, and will be posted in a moment.
    - 1. **surgery -dental AND upvotes>=3**: no match
        It mentions “Dental” in its title, which is excluded; it has 0 of 3 votes.
    - 2. **surgery**: matches
        “Dental **Surgery** by Robots” in the title
    - 3. **robot***: matches
        “Dental Surgery by **Robots**” in the title
    - 4. **robots and dance**: no match
        It doesn't mention “robots and dance”, only “robots”.
    - 5. **surgrey**: no match
        It doesn't mention “surgrey”.
    - 6. **humming kettles**: no match
        It doesn't mention “humming kettles”.
    - 7. **author:Nobody**: no match
        “Nobody” is not among its authors.
    - 8. *****: matches

> /papers why 9901.00009
    [Robots Number 7]
    It matches, and will be posted in a moment.
    - 1. **surgery -dental AND upvotes>=3**: no match
        It doesn't mention “surgery”.
    - 2. **surgery**: no match
        It doesn't mention “surgery”.
    - 3. **robot***: matches
        “**Robots** Number 7” in the title
    - 4. **robots and dance**: no match
        It doesn't mention “robots and dance”, only “robots”.
    - 5. **surgrey**: no match
        It doesn't mention “surgrey”.
    - 6. **humming kettles**: no match
        It doesn't mention “humming kettles”.
    - 7. **author:Nobody**: no match
        “Nobody” is not among its authors.
    - 8. *****: matches

> /papers show 9901.00000
    From the list of 10 March 2026:
    [card] Dental Surgery by Robots

> /papers links 9901.00000
    **Dental Surgery by Robots**
    (Paper) (PDF) (arXiv) (Discuss)

> /papers save 9901.00000
    Saved [Dental Surgery by Robots] to the reading list.
    (Undo)

> /papers save 9901.00000
    You saved [Dental Surgery by Robots] already, on {10 March 2026, 12:00 UTC}.
    (Remove)

> /papers saved
    1 paper on the reading list:
    - [Dental Surgery by Robots]
        Saved by ada · {10 March 2026, 12:00 UTC}
        (Abstract) (Remove)

> /papers unsave 9901.00000
    Removed [Dental Surgery by Robots] from the reading list.
    (Undo)

! /papers unsave 9901.00000
    The paper “9901.00000” is not on the reading list.
    ~ `/papers saved` shows the list.

! /papers follow 9901.00000
    I can't send you direct messages from here.
    ~ Send me a direct message, and use `/subscribe` there.

> /papers less 9901.00000
    [Dental Surgery by Robots]
    It matches subscriptions 2, 3 and 8. To keep it out, change every one of them.
    Papers like it will come later in this channel's digests.
    To get fewer papers like this:
    - 2. **surgery -"dental care"**: keeps 1 of 2 papers in 30 days; drops [Dental Surgery by Robots]
        (Without “dental care”)
    - 3. **robot* -"surgery"**: keeps 28 of 30 papers in 30 days; drops [Dental Surgery by Robots] and [Surgery by
      Robots]
        (Without “surgery”)
    - 3. **robot* AND upvotes>=3**: keeps 27 of 30 papers in 30 days; drops [Dental Surgery by Robots], [Surgery
      by Robots] and 1 more until they have the votes
        (With at least 3 votes)
    - 8. *** -"surgery"**: keeps 29 of 31 papers in 30 days; drops [Dental Surgery by Robots] and [Surgery by
      Robots]
        (Without “surgery”)
    - 8. *** AND upvotes>=3**: keeps 27 of 31 papers in 30 days; drops [Dental Surgery by Robots], [Surgery by
      Robots] and 2 more until they have the votes
        (With at least 3 votes)
    ~ Or make your own change, for example `/papers change 2 + -survey`. To remove the subscription: `/unsubscribe
      2`

> /papers less 9901.00030
    [Copper Kettles]
    It matches subscription 8: *****
    Papers like it will come later in this channel's digests.
    To get fewer papers like this:
    - 8. *** AND upvotes>=3**: keeps 27 of 31 papers in 30 days; drops [Copper Kettles], [Dental Surgery by
      Robots] and 2 more until they have the votes
        (With at least 3 votes)
    ~ Or make your own change, for example `/papers change 8 + -survey`. To remove the subscription: `/unsubscribe
      8`

> /papers status
    Last poll: {10 March 2026, 12:00 UTC}. No list could be read.
    huggingface has been unreachable since {10 March 2026, 10:00 UTC}: no connection
    Nothing is lost: what is listed in the meantime comes once it is back.
    Last successful poll: {10 March 2026, 10:00 UTC}.
    Next poll: {10 March 2026, 12:07 UTC}.
    Matched so far: no papers; 0 delivered, 0 waiting, 0 failed, 0 dropped after waiting too long.
    **This channel**
    Papers are posted as soon as they are found.

> /papers digest
    Papers are posted as soon as they are found.
    ~ To change this: `/papers digest mondays 9am top 10`
    (Make it a digest)

> /papers digest daily 09:00
    Papers are posted as a digest every day at 09:00 (UTC). Next: {11 March 2026, 09:00 UTC}.
    ~ To use your own time zone: `/papers digest daily 09:00 Europe/Berlin`
    (Undo)
    » ada changed how papers are posted here: as a digest every day at 09:00 (UTC).

! /papers digest someday
    I don't understand the schedule “someday”.
    ~ Write it as daily 09:00 Europe/Berlin, weekdays 9am, mondays 17:30, or instant.

> /papers digest off
    Papers are posted as soon as they are found.
    (Undo)
    » ada changed how papers are posted here: as soon as they are found.

> /papers pause 3d
    Paused until {13 March 2026, 12:00 UTC}. Papers that match in the meantime are posted afterwards. Going by the
      last 30 days, about 3 papers will wait.
    (Undo)
    » ada paused papers here until 13 March 2026, 12:00 UTC.

> /papers why 9901.00009
    [Robots Number 7]
    It matches, and will be posted in a moment.
    - 1. **surgery -dental AND upvotes>=3**: no match
        It doesn't mention “surgery”.
    - 2. **surgery**: no match
        It doesn't mention “surgery”.
    - 3. **robot***: matches
        “**Robots** Number 7” in the title
    - 4. **robots and dance**: no match
        It doesn't mention “robots and dance”, only “robots”.
    - 5. **surgrey**: no match
        It doesn't mention “surgrey”.
    - 6. **humming kettles**: no match
        It doesn't mention “humming kettles”.
    - 7. **author:Nobody**: no match
        “Nobody” is not among its authors.
    - 8. *****: matches

! /papers pause someday
    How long? For example 12h, 3d or 2w.
    ~ Or until monday. Leave it out to pause until someone runs `/papers resume`.

> /papers pause subscription 2
    Paused subscription 2 (surgery). It brings nothing until someone resumes it, and papers listed in the meantime
      won't come later.
    (Undo)
    » ada paused the subscription “surgery”.

> /papers pause subscription 2
    Subscription 2 (surgery): already paused by ada since 10 March 2026.
    (Resume subscription 2)

> /papers resume subscription 2
    Resumed subscription 2 (surgery). Papers listed today or later come again.
    The channel itself is paused until {13 March 2026, 12:00 UTC}.
    (Undo) (Resume the channel)
    » ada resumed the subscription “surgery”.

! /papers resume subscription 99
    This channel has no subscription 99.
    ~ `/subscriptions` lists them with their numbers.

> /papers resume
    Resumed. Papers are posted as soon as they are found.
    (Undo)
    » ada resumed papers here.

> /papers resume
    This channel isn't paused. Papers are posted as soon as they are found.

> /unsubscribe 2
    Unsubscribed from **surgery**.
    This channel has 7 subscriptions (1–6):
    - 1. **surgery -dental AND upvotes>=3**
        by ada, 18 February · no matches in 30 days · “surgery AND -dental” would have brought 1 paper
        (Edit) (Pause) (Remove)
    - 3. **robot***
        by ada, 10 March · 30 matches in 30 days, about 1 a day · last match 10 March
        (Edit) (Pause) (Remove)
    - 4. **robots and dance**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 5. **surgrey**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 6. **humming kettles**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 7. **author:Nobody**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    (Undo) (Next)
    » ada removed the subscription “surgery”.

> /unsubscribe 3, 6
    Removed 2 subscriptions:
    • 3. **robot***
    • 6. **humming kettles**
    This channel has 5 subscriptions:
    - 1. **surgery -dental AND upvotes>=3**
        by ada, 18 February · no matches in 30 days · “surgery AND -dental” would have brought 1 paper
        (Edit) (Pause) (Remove)
    - 4. **robots and dance**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 5. **surgrey**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 7. **author:Nobody**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 8. *****
        by ada, 10 March · 31 matches in 30 days, about 1 a day · last match 10 March
        (Edit) (Pause) (Remove)
    (Undo 3) (Undo 6)
    » ada removed the subscriptions “robot*” and “humming kettles”.

> /unsubscribe 7
    Unsubscribed from **author:Nobody**.
    This channel has 4 subscriptions:
    - 1. **surgery -dental AND upvotes>=3**
        by ada, 18 February · no matches in 30 days · “surgery AND -dental” would have brought 1 paper
        (Edit) (Pause) (Remove)
    - 4. **robots and dance**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 5. **surgrey**
        by ada, 10 March · no matches in 30 days
        (Edit) (Pause) (Remove)
    - 8. *****
        by ada, 10 March · 31 matches in 30 days, about 1 a day · last match 10 March
        (Edit) (Pause) (Remove)
    (Undo)
    » ada removed the subscription “author:Nobody”.

! /unsubscribe surgeries
    This channel has no subscription “surgeries”.
    ~ Did you mean 5. **surgrey**? `/subscriptions` lists them with their numbers.
    (Remove surgrey)

! /unsubscribe all
    That would remove all of this channel's 4 subscriptions.
    ~ If you mean it: `/unsubscribe 1-8`
    (Remove all 4)

> hello
    Hello! I post new research papers that match what a channel is subscribed to. Tell me what to follow, for
      example `/subscribe reinforcement learning`
    (Try it) (Help)

> thanks
    You're welcome!
    (Help)

> bye
    See you with the next papers!
    (Help)

> good bot
    Thank you!
    (Help)

! /papers serach robots
    I don't know the command “/papers serach robots”.
    ~ Did you mean `/papers search`? `/papers help` shows every command.
    (/papers search robots)

! /papers dance of robots
    I don't know the command “/papers dance of robots”.
    ~ Did you mean it as a subject? `/papers help` shows every command.
    (/subscribe dance of robots) (Search for it)

! /sing
    I don't know the command “/sing”.
    ~ Did you mean it as a subject? `/papers help` shows every command.
    (/subscribe sing) (Search for it)

! /subscribe dance (where only admins may)
    Only admins can change what this channel gets.
    ~ Ask an admin of this channel, or ask whoever runs me to allow everyone.

! /subscribe dance (where one is the most)
    This channel already has 4 subscriptions, which is the limit.
    ~ Remove one with `/unsubscribe`, or combine several queries with commas.

Messages
========

(a card)
    **Dental Surgery by Robots**
    Acme Labs · Ada Example, Ben Sample
    Robots learn surgery, and do it well.
    Hugging Face's summary
    for “surgery” and “robot*”: “**Surgery**” in the title; “We teach robots **surgery**. They need no teeth.”
    (PDF) (Abstract) (Save)
    menu: (Why) (Less like this) (More like this) (Follow for me) (arXiv) (Discuss)
    notice: Dental Surgery by Robots, by Acme Labs: Ada Example, Ben Sample

(a card)
    **Surgery by Robots**
    Ada Example, Ben Sample
    Robots learn surgery, and do it well.
    Hugging Face's summary
    for “robots upvotes>=1”: **reached 1 vote** by 10 March, listed on 9 March
    9 Mar · ▲ 1
    (PDF) (Abstract) (Save)
    menu: (Why) (Less like this) (More like this) (Follow for me) (arXiv) (Discuss)
    notice: Reached 1 vote: Surgery by Robots, by Ada Example, Ben Sample

(a digest)
    2 papers · 9–10 March

    **Robots Number 2**
    We teach robots to work.
    9 Mar · ▲ 4

    **Dental Surgery by Robots**
    Robots learn surgery, and do it well.
    surgery and 1 more

    notice: 2 papers, 9–10 March: Robots Number 2; Dental Surgery by Robots
"""
