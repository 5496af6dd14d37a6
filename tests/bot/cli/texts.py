"""What a person at a terminal reads, as `tests.bot.cli.test_texts` renders it."""

TABLE = """
Help
====

$ paperwire --version
    paperwire, version 1.2.3

$ paperwire --help
    Usage: paperwire [OPTIONS] COMMAND [ARGS]...

      Daily research papers, posted where your team talks.

      Start with:  paperwire demo

    Options:
      -V, --version  Show the version and exit.
      -h, --help     Show this message and exit.

    Commands:
      backfill        Read past lists into the database; nothing is posted.
      backup          Copy the database, even while the service runs.
      check           Check settings, tokens and channels.
      demo            Show a day's papers in this terminal.
      discord-invite  Print the link that invites the Discord bot.
      health          Say whether the running service is healthy.
      preview         Show what a query would bring, as a web page.
      restore         Replace the database with a backup.
      run             Run the service until it is stopped.
      slack-manifest  Print the manifest of the Slack app.
      subscribe       Post every new paper that matches QUERY to CHANNEL.
      subscriptions   List subscriptions; export, import, move.
      try             Show which stored papers a query matches.
      unsubscribe     Remove one of a channel's subscriptions.

$ paperwire run --help
    Usage: paperwire run [OPTIONS]

      Read lists, post what matches and answer commands, until stopped.

    Options:
      --once         Read, match and post once, then exit; for cron.
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire run --config config.toml

$ paperwire demo --help
    Usage: paperwire demo [OPTIONS]

      Show a day's papers in this terminal, with nothing configured.

      The papers are invented, and the database is removed afterwards.

    Options:
      --no-input  Show the cards and exit, without waiting for commands.
      -h, --help  Show this message and exit.

      Example: paperwire demo --no-input

$ paperwire check --help
    Usage: paperwire check [OPTIONS]

      Check the configuration, the database, the source, each token and each
      subscribed channel; post nothing.

    Options:
      --json         Print JSON.
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire check

$ paperwire health --help
    Usage: paperwire health [OPTIONS]

      Say whether the running service is healthy, and exit with 0 if it is; for
      container health checks.

    Options:
      --json         Print JSON.
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire health

$ paperwire subscribe --help
    Usage: paperwire subscribe [OPTIONS] CHANNEL QUERY...

      Post every new paper that matches QUERY to CHANNEL.

    Options:
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      --help         Show this message and exit.

      Example: paperwire subscribe slack:C0123456789 "rlhf, reward model"

$ paperwire unsubscribe --help
    Usage: paperwire unsubscribe [OPTIONS] CHANNEL QUERY...

      Remove CHANNEL's subscription to QUERY, or the one with that number.

    Options:
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      --help         Show this message and exit.

      Example: paperwire unsubscribe slack:C0123456789 2

$ paperwire subscriptions --help
    Usage: paperwire subscriptions [CHANNEL] [--json] [--config FILE]
           paperwire subscriptions export | import | move …

      List the subscriptions of CHANNEL, or of every channel; export, import or move
      them.

    Options:
      --json         Print JSON.
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

    Commands:
      export  Write all subscriptions to a file.
      import  Add the subscriptions of a file.
      move    Move a channel's subscriptions to another.

      Example: paperwire subscriptions slack:C0123456789

$ paperwire try --help
    Usage: paperwire try [OPTIONS] QUERY...

      Show which stored papers QUERY would have matched, and why.

    Options:
      --days INTEGER RANGE  How far back to look.  [default: 30; 1<=x<=3650]
      --json                Print JSON.
      --config FILE         The configuration file. Default: $PAPERWIRE_CONFIG, else
                            config.toml if there is one.
      --help                Show this message and exit.

      Example: paperwire try 'diffusion AND video -survey' --days 7

$ paperwire preview --help
    Usage: paperwire preview [OPTIONS] QUERY...

      Write a page that shows the cards of QUERY as Slack and Discord show them.

      This needs neither an app nor a configuration: without stored papers, it shows
      invented ones.

    Options:
      --days INTEGER RANGE   How far back to look.  [default: 30; 1<=x<=3650]
      --limit INTEGER RANGE  How many cards to show.  [default: 5; 1<=x<=50]
      --output FILE          The file to write (-o, too); - prints the page.
                             [default: preview.html]
      --force                Overwrite the file even if it is not a preview.
      --config FILE          The configuration file. Default: $PAPERWIRE_CONFIG,
                             else config.toml if there is one.
      --help                 Show this message and exit.

      Example: paperwire preview "reinforcement learning" --output preview.html

$ paperwire backfill --help
    Usage: paperwire backfill [OPTIONS]

      Read past lists into the database; nothing is posted.

    Options:
      --days INTEGER RANGE  How far back to read.  [default: 30; 1<=x<=3650]
      --config FILE         The configuration file. Default: $PAPERWIRE_CONFIG, else
                            config.toml if there is one.
      -h, --help            Show this message and exit.

      Example: paperwire backfill --days 90

$ paperwire backup --help
    Usage: paperwire backup [OPTIONS] FILE

      Copy the database to FILE, even while the service runs.

      The copy is checked, contains no tokens, and only its owner may read it. FILE
      may be -, for a pipe.

    Options:
      --force        Overwrite FILE if it exists.
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire backup paperwire-backup.db

$ paperwire restore --help
    Usage: paperwire restore [OPTIONS] FILE

      Replace the database with the backup in FILE; stop the service first.

      The old database is kept beside it. FILE may be -, for a pipe.

    Options:
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire restore paperwire-backup.db

$ paperwire slack-manifest --help
    Usage: paperwire slack-manifest [OPTIONS]

      Print the manifest of the Slack app: paste it at https://api.slack.com/apps,
      “From a manifest”.

    Options:
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire slack-manifest > manifest.json

$ paperwire discord-invite --help
    Usage: paperwire discord-invite [OPTIONS]

      Print the link that invites the bot to a Discord server.

    Options:
      --application ID  The application's id. Default: the one that the token
                        belongs to.
      --config FILE     The configuration file. Default: $PAPERWIRE_CONFIG, else
                        config.toml if there is one.
      -h, --help        Show this message and exit.

      Example: paperwire discord-invite

$ paperwire subscriptions export --help
    Usage: paperwire subscriptions export [OPTIONS] [FILE]

      Write every channel's subscriptions, schedule and pause to FILE as TOML, or
      print them.

    Options:
      --force        Overwrite FILE if it exists.
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire subscriptions export subscriptions.toml

$ paperwire subscriptions import --help
    Usage: paperwire subscriptions import [OPTIONS] FILE

      Add the subscriptions of FILE that are missing, and set schedules and pauses
      as in FILE.

      Nothing is removed, and a mistake in FILE changes nothing at all. Papers that
      were listed before today are not posted.

    Options:
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire subscriptions import subscriptions.toml

$ paperwire subscriptions move --help
    Usage: paperwire subscriptions move [OPTIONS] FROM TO

      Move every subscription of channel FROM to channel TO, with the papers that
      wait to be posted.

      The reading list moves too. Papers that were posted in FROM are not posted
      again in TO. If TO has no subscriptions yet, it also takes over the schedule
      and the pause of FROM.

    Options:
      --config FILE  The configuration file. Default: $PAPERWIRE_CONFIG, else
                     config.toml if there is one.
      -h, --help     Show this message and exit.

      Example: paperwire subscriptions move slack:C0123456789 slack:C9876543210

Mistakes
========

$ paperwire sing
    Usage: paperwire [OPTIONS] COMMAND [ARGS]...
    Try 'paperwire --help' for help.

    Error: No such command 'sing'.
    [exit 2]

$ paperwire subscirbe terminal:local robots
    Usage: paperwire [OPTIONS] COMMAND [ARGS]...
    Try 'paperwire --help' for help.

    Error: No such command 'subscirbe'. (Did you mean one of: 'subscribe', 'unsubscribe'?)
    [exit 2]

$ paperwire --halp
    Usage: paperwire [OPTIONS] COMMAND [ARGS]...
    Try 'paperwire --help' for help.

    Error: No such option '--halp'. Did you mean '--help'?
    [exit 2]

$ paperwire subscribe
    Usage: paperwire subscribe [OPTIONS] CHANNEL QUERY...
    Try 'paperwire subscribe --help' for help.

    Error: Missing argument 'CHANNEL'.
    [exit 2]

$ paperwire subscribe terminal:local
    Usage: paperwire subscribe [OPTIONS] CHANNEL QUERY...
    Try 'paperwire subscribe --help' for help.

    Error: Missing argument 'QUERY...'.
    [exit 2]

$ paperwire subscribe nowhere robots
    Usage: paperwire subscribe [OPTIONS] CHANNEL QUERY...
    Try 'paperwire subscribe --help' for help.

    Error: Invalid value for 'CHANNEL': “nowhere” is not a channel. Write it as platform:channel-id,
    such as slack:C0123456789 or terminal:local.
    [exit 2]

$ paperwire subscribe irc:lab robots
    Usage: paperwire subscribe [OPTIONS] CHANNEL QUERY...
    Try 'paperwire subscribe --help' for help.

    Error: Invalid value for 'CHANNEL': “irc” is not a platform; the platforms are slack, discord,
    terminal.
    [exit 2]

$ paperwire subscribe terminal:local '(robots'
    paperwire: This bracket is never closed.
    (robots
    ^
    For example: (robots)
    [exit 2]

$ paperwire subscribe terminal:local 'robots AND'
    paperwire: “AND” needs something after it.
    robots AND
           ^
    For example: robots
    [exit 2]

$ paperwire try
    Usage: paperwire try [OPTIONS] QUERY...
    Try 'paperwire try --help' for help.

    Error: Missing argument 'QUERY...'.
    [exit 2]

$ paperwire try foo:bar
    paperwire: “foo:” is not a field. The fields are title:, keyword:, abstract:, comment:, author:,
    org:, submitter:, has:, cat: and source:. To look for these words, put them in quotes.
    foo:bar
    ^
    For example: "foo:bar"
    [exit 2]

$ paperwire try robots --days 0
    Usage: paperwire try [OPTIONS] QUERY...
    Try 'paperwire try --help' for help.

    Error: Invalid value for '--days': 0 is not in the range 1<=x<=3650.
    [exit 2]

$ paperwire try robots --dyas 3
    Usage: paperwire try [OPTIONS] QUERY...
    Try 'paperwire try --help' for help.

    Error: No such option '--dyas'. Did you mean '--days'?
    [exit 2]

$ paperwire subscriptions exprot
    Usage: paperwire subscriptions [CHANNEL] [--json] [--config FILE]
           paperwire subscriptions export | import | move …
    Try 'paperwire subscriptions --help' for help.

    Error: No such command 'exprot'. Did you mean 'export'?
    [exit 2]

$ paperwire subscriptions --config missing.toml
    paperwire: --config names missing.toml, which does not exist. Start with a copy of
    config.example.toml.
    [exit 2]

$ paperwire subscriptions --config broken.toml
    paperwire: broken.toml is not TOML: Expected ']' at the end of a table declaration (at line 1,
    column 6).
    [exit 2]

$ paperwire subscriptions --config wrong.toml
    paperwire: poll.interval: it must be a duration such as 30s, 10m, 2h or 1d, from 1s to 3650d.
    poll.intervall: there is no such setting. Did you mean poll.interval?
    platforms.slack.bot_token: it must be the bot token, which begins with xoxb- (the one with xapp- is
    the app_token), without blanks and line breaks in it.
    [exit 2]

$ paperwire discord-invite
    paperwire: There is no Discord token yet. Set DISCORD_TOKEN, or give --application with the
    application's id.
    [exit 2]

$ paperwire discord-invite --application 0
    Usage: paperwire discord-invite [OPTIONS]
    Try 'paperwire discord-invite --help' for help.

    Error: Invalid value for '--application': 0 is not an application's id, which is a number of 17 to
    19 digits, under “General Information” in https://discord.com/developers/applications.
    [exit 2]

$ paperwire discord-invite --application 123456789012345678
    https://discord.com/oauth2/authorize?client_id=123456789012345678&scope=bot+applications.commands&permissions=274877991936

A new folder
============

$ paperwire run
    paperwire: No platform is configured, so there is nowhere to post papers.
    Slack: create an app from what “paperwire slack-manifest” prints, then set SLACK_BOT_TOKEN and
    SLACK_APP_TOKEN.
    Discord: create an application, then set DISCORD_TOKEN. Or look around first, without either:
    “paperwire demo”.
    [exit 2]

$ paperwire health
    no service is running on this database
    [exit 1]

$ paperwire health --json
    {"ok": false, "troubles": ["no service is running on this database"]}
    [exit 1]

$ paperwire check
    Checked                Found
    configuration  ok      can be read
    database       ok      data/paperwire.db will be created at the first start
    HTTP address   ok      any free port of 127.0.0.1 will do
    clock          ok      agrees with huggingface
    huggingface    ok      no papers on the list for 10 March 2026
    platforms      failed  No platform is configured, so there is nowhere to post papers.
                           → Slack: create an app from what “paperwire slack-manifest” prints, then set
                           SLACK_BOT_TOKEN and SLACK_APP_TOKEN. Discord: create an application, then set
                           DISCORD_TOKEN. Or look around first, without either: “paperwire demo”.
    [exit 1]

$ paperwire subscriptions
    There is no database at /home/ada/data/paperwire.db yet.
    There are no subscriptions yet. Try: paperwire subscribe slack:C0123456789 "reinforcement learning"

$ paperwire subscriptions terminal:local
    There is no database at /home/ada/data/paperwire.db yet.
    terminal:local has no subscriptions yet. Try: paperwire subscribe terminal:local "reinforcement
    learning"

$ paperwire subscriptions move slack:C0123456789 slack:C9876543210
    There is no database at /home/ada/data/paperwire.db yet.
    paperwire: slack:C0123456789 has no subscriptions.
    “paperwire subscriptions” lists every channel that has any.
    [exit 1]

$ paperwire unsubscribe terminal:local robots
    There is no database at /home/ada/data/paperwire.db yet.
    paperwire: This channel has no subscription “robots”.
    paperwire subscriptions terminal:local lists them with their numbers.
    [exit 1]

$ paperwire try robots
    There is no database at /home/ada/data/paperwire.db yet.
    Papers that mention “robots”: no papers in 30 days
    There are no stored papers from these days yet: paperwire backfill fetches them.

$ paperwire backup copy.db
    paperwire: There is no database at data/paperwire.db.
    [exit 1]

$ paperwire restore missing.db
    paperwire: There is no file at missing.db. Name a backup that “paperwire backup” made.
    [exit 1]

$ paperwire preview kettles
    preview.html
    There are no stored papers from these days yet, so these are invented ones. “paperwire backfill”
    fetches real ones.
    Papers that mention “kettles”: no papers in 30 days.

$ paperwire preview 'reinforcement learning'
    preview.html
    There are no stored papers from these days yet, so these are invented ones. “paperwire backfill”
    fetches real ones.
    Papers that mention “reinforcement learning” (also as “RL”): 5 papers in 30 days, about 1 a week.

Papers and subscriptions
========================

$ paperwire backfill --days 3
    Starting with a new, empty database: /home/ada/data/paperwire.db.
    Read 3 lists with 3 papers, 3 of them new.

$ paperwire subscribe terminal:local robots
    Subscribed to papers that mention “robots”.
    In the last 30 days: 2 papers. The latest:
    • Robots Dance
    • Robots Rest

$ paperwire subscribe terminal:local robots
    paperwire: This channel is already subscribed to robots (number 1).
    paperwire subscriptions terminal:local lists what this channel is subscribed to.
    [exit 1]

$ paperwire subscribe terminal:local 'robot or kettle'
    paperwire: “or” is taken for a word; operators are written AND, OR and NOT, in capitals.
    robot or kettle
          ^
    Did you mean robot OR kettle (3 papers)? No paper of the last 30 days has the phrase. To look for it
    all the same, put it in quotes: "robot or kettle"
    [exit 2]

$ paperwire subscribe terminal:local kettels
    Subscribed to papers that mention “kettels”.
    In the last 30 days: no papers.
    No paper of the last 30 days has “kettels”. Did you mean kettle (2 papers)?

$ paperwire subscribe terminal:elsewhere robots
    Subscribed to papers that mention “robots”.
    In the last 30 days: 2 papers. The latest:
    • Robots Dance
    • Robots Rest
    Nothing can be posted to terminal:elsewhere yet: the terminal has one channel, terminal:local.

$ paperwire subscribe slack:C0123456789 'robots upvotes>=5'
    Subscribed to papers that mention “robots”, with at least 5 votes.
    In the last 30 days: 2 papers. The latest:
    • Robots Dance
    • Robots Rest
    Nothing can be posted to slack:C0123456789 yet: Slack is not configured here; SLACK_BOT_TOKEN and
    SLACK_APP_TOKEN turn it on.

$ paperwire subscribe slack:general robots
    Subscribed to papers that mention “robots”.
    In the last 30 days: 2 papers. The latest:
    • Robots Dance
    • Robots Rest
    Nothing can be posted to slack:general yet: Slack's channel ids look like C0123456789; find it under
    the channel's name, below “About”.

$ paperwire subscribe discord:123456789012345678 robots
    Subscribed to papers that mention “robots”.
    In the last 30 days: 2 papers. The latest:
    • Robots Dance
    • Robots Rest
    Nothing can be posted to discord:123456789012345678 yet: Discord is not configured here;
    DISCORD_TOKEN turns it on.

$ paperwire subscribe discord:general robots
    Subscribed to papers that mention “robots”.
    In the last 30 days: 2 papers. The latest:
    • Robots Dance
    • Robots Rest
    Nothing can be posted to discord:general yet: Discord's channel ids are long numbers; with Developer
    Mode on, “Copy Channel ID” gives them.

$ paperwire subscriptions
    discord:123456789012345678
    1. robots (by ada, 10 March · 2 matches in 30 days · last match 10 March)

    discord:general
    1. robots (by ada, 10 March · 2 matches in 30 days · last match 10 March)

    slack:C0123456789
    1. robots upvotes>=5 (by ada, 10 March · 2 matches in 30 days · last match 10 March)

    slack:general
    1. robots (by ada, 10 March · 2 matches in 30 days · last match 10 March)

    terminal:elsewhere
    1. robots (by ada, 10 March · 2 matches in 30 days · last match 10 March)

    terminal:local
    1. robots (by ada, 10 March · 2 matches in 30 days · last match 10 March)
    2. kettels (by ada, 10 March · no matches in 30 days)


$ paperwire subscriptions terminal:local
    This channel has 2 subscriptions:
    1. robots (by ada, 10 March · 2 matches in 30 days · last match 10 March)
    2. kettels (by ada, 10 March · no matches in 30 days)

$ paperwire subscriptions slack:C9876543210
    slack:C9876543210 has no subscriptions yet. Try: paperwire subscribe slack:C9876543210
    "reinforcement learning"

$ paperwire subscriptions move slack:general slack:C0123456789
    Moved 1 subscription from slack:general to slack:C0123456789.
    Nothing can be posted to slack:C0123456789 yet: Slack is not configured here; SLACK_BOT_TOKEN and
    SLACK_APP_TOKEN turn it on.

$ paperwire subscriptions move slack:general slack:C0123456789
    paperwire: slack:general has no subscriptions.
    “paperwire subscriptions” lists every channel that has any.
    [exit 1]

$ paperwire unsubscribe terminal:local 9
    paperwire: This channel has no subscription 9.
    paperwire subscriptions terminal:local lists them with their numbers.
    [exit 1]

$ paperwire unsubscribe terminal:local violins
    paperwire: This channel has no subscription “violins”.
    paperwire subscriptions terminal:local lists them with their numbers.
    [exit 1]

$ paperwire unsubscribe terminal:local 2
    Unsubscribed from kettels.
    This channel has 1 subscription:
    1. robots (by ada, 10 March · 2 matches in 30 days · last match 10 March)

$ paperwire try robots
    2026-03-10  Robots Dance
                http://127.0.0.1:50000/papers/9901.00000
                title: Robots Dance
    2026-03-10  Robots Rest
                http://127.0.0.1:50000/papers/9901.00001
                title: Robots Rest
    Papers that mention “robots”: 2 papers in 30 days

$ paperwire try kettles AND tea
    2026-03-10  Robots Dance
                http://127.0.0.1:50000/papers/9901.00000
                abstract: We teach robots to dance. Their kettles hum, and tea is made.
                abstract: …robots to dance. Their kettles hum, and tea is made.
    Papers that mention “kettles” and “tea”: 1 paper in 30 days

$ paperwire try robot or kettle
    paperwire: “or” is taken for a word; operators are written AND, OR and NOT, in capitals.
    robot or kettle
          ^
    Did you mean robot OR kettle (3 papers)? No paper of the last 30 days has the phrase. To look for it
    all the same, put it in quotes: "robot or kettle"
    [exit 2]

$ paperwire try humming violins
    Papers that mention “humming violins”: no papers in 30 days
    Broader words find more, and a comma adds alternatives, for example rlhf, reward model

$ paperwire try robots --days 3 --json
    [
      {
        "id": "9901.00000",
        "title": "Robots Dance",
        "url": "http://127.0.0.1:50000/papers/9901.00000",
        "list_day": "2026-03-10",
        "matched": [
          "Robots"
        ]
      },
      {
        "id": "9901.00001",
        "title": "Robots Rest",
        "url": "http://127.0.0.1:50000/papers/9901.00001",
        "list_day": "2026-03-10",
        "matched": [
          "Robots"
        ]
      }
    ]

$ paperwire preview robots
    preview.html
    Papers that mention “robots”: 2 papers in 30 days.

$ paperwire preview robots --output letter.txt
    paperwire: letter.txt already exists. Name another file, or overwrite it with --force.
    [exit 1]

$ paperwire preview robots --output data/paperwire.db --force
    paperwire: data/paperwire.db is the database itself, and is never overwritten. Name another file.
    [exit 1]

$ paperwire preview violins
    preview.html
    Papers that mention “violins”: no papers in 30 days.

$ paperwire check
    Checked                              Found
    configuration               ok       can be read
    database                    ok       data/paperwire.db, 6 subscriptions in 5 channels
    meaning                     ok       not ready: it takes 150 papers of two months, and 3 papers are
                                         stored
    HTTP address                ok       any free port of 127.0.0.1 will do
    clock                       ok       agrees with huggingface
    huggingface                 ok       1 paper on the list for 10 March 2026
    terminal:elsewhere          failed   the terminal has no such channel
                                         → Subscribe terminal:local instead
    terminal:local              ok       is shown here
    discord:123456789012345678  warning  Discord is not configured
                                         → Configure it, or unsubscribe
    discord:general             warning  Discord is not configured
                                         → Configure it, or unsubscribe
    slack:C0123456789           warning  Slack is not configured
                                         → Configure it, or unsubscribe
    [exit 1]

Files
=====

$ paperwire subscriptions export
    # Subscriptions of Paperwire. `paperwire subscriptions import` reads this file: it adds what is
    missing, sets
    # schedules and pauses as they are here, and removes nothing.
    format = 1

    [[channels]]
    channel = "discord:123456789012345678"
    schedule = "instant"

    [[channels.subscriptions]]
    query = "robots"
    created_by = "ada"
    created_at = 2026-03-10T12:00:00Z

    [[channels]]
    channel = "discord:general"
    schedule = "instant"

    [[channels.subscriptions]]
    query = "robots"
    created_by = "ada"
    created_at = 2026-03-10T12:00:00Z

    [[channels]]
    channel = "slack:C0123456789"
    schedule = "instant"

    [[channels.subscriptions]]
    query = "robots upvotes>=5"
    created_by = "ada"
    created_at = 2026-03-10T12:00:00Z

    [[channels.subscriptions]]
    query = "robots"
    created_by = "ada"
    created_at = 2026-03-10T12:00:00Z

    [[channels]]
    channel = "terminal:elsewhere"
    schedule = "instant"

    [[channels.subscriptions]]
    query = "robots"
    created_by = "ada"
    created_at = 2026-03-10T12:00:00Z

    [[channels]]
    channel = "terminal:local"
    schedule = "instant"

    [[channels.subscriptions]]
    query = "robots"
    created_by = "ada"
    created_at = 2026-03-10T12:00:00Z

$ paperwire subscriptions export all.toml
    Wrote 6 subscriptions to all.toml.

$ paperwire subscriptions export all.toml
    paperwire: all.toml already exists. Name another file, or overwrite it with --force.
    [exit 1]

$ paperwire subscriptions export nowhere/all.toml
    paperwire: /home/ada/nowhere/all.toml cannot be written: No such file or directory. Make its folder
    first, or name another file.
    [exit 1]

$ paperwire subscriptions import all.toml
    Added no subscriptions: 6 were there already.
    Nothing can be posted to discord:123456789012345678 yet: Discord is not configured here;
    DISCORD_TOKEN turns it on.
    Nothing can be posted to discord:general yet: Discord's channel ids are long numbers; with Developer
    Mode on, “Copy Channel ID” gives them.
    Nothing can be posted to slack:C0123456789 yet: Slack is not configured here; SLACK_BOT_TOKEN and
    SLACK_APP_TOKEN turn it on.
    Nothing can be posted to terminal:elsewhere yet: the terminal has one channel, terminal:local.

$ paperwire subscriptions import missing.toml
    Usage: paperwire subscriptions import [OPTIONS] FILE
    Try 'paperwire subscriptions import --help' for help.

    Error: Invalid value for 'FILE': 'missing.toml': No such file or directory
    [exit 2]

$ paperwire subscriptions import broken.toml
    paperwire: The file is not TOML: Expected ']' at the end of a table declaration (at line 1, column
    6)
    Nothing was changed.
    [exit 1]

$ paperwire subscriptions import mistakes.toml
    paperwire: Line 1, channel 1: “colour” is not a key here; the keys are channel, schedule, pause,
    subscriptions.
    Line 1, channel 1: I don't understand the schedule “someday”. Write it as daily 09:00 Europe/Berlin,
    weekdays 9am, mondays 17:30, or instant.
    Line 6, subscription 1 of channel 1: “AND” needs something after it. For example: robots
        robots AND
               ^
    Line 9, subscription 2 of channel 1: query is missing.
    Line 9, subscription 2 of channel 1: created_by must be a single line of characters that can be seen
    (U+202E RIGHT-TO-LEFT OVERRIDE is in it).
    Line 12, channel 2: “irc” is not a platform; the platforms are slack, discord, terminal.
    Nothing was changed.
    [exit 1]

$ paperwire subscriptions import binary.toml
    paperwire: The file is not UTF-8 text: byte 1 is not valid.
    [exit 1]

$ paperwire subscriptions import good.toml
    Added 1 subscription.
    Set the schedule of 1 channel.
    Set the pause of 1 channel.
    Paused 1 subscription.
    Nothing can be posted to slack:C0PAUSED00 yet: Slack is not configured here; SLACK_BOT_TOKEN and
    SLACK_APP_TOKEN turn it on.

$ paperwire backup
    Usage: paperwire backup [OPTIONS] FILE
    Try 'paperwire backup --help' for help.

    Error: Missing argument 'FILE'.
    [exit 2]

$ paperwire backup copy.db
    Backed up data/paperwire.db to copy.db: 3 papers, 7 subscriptions, 0.3 MB.

$ paperwire backup copy.db
    paperwire: copy.db already exists. Name another file, or overwrite it with --force.
    [exit 1]

$ paperwire backup data/paperwire.db
    paperwire: data/paperwire.db is the database itself, and is never overwritten. Name another file.
    [exit 1]

$ paperwire restore letter.txt
    paperwire: letter.txt is not a backup of Paperwire: it is not an SQLite database. Name a file that
    “paperwire backup” made.
    [exit 1]

$ paperwire restore empty.db
    paperwire: empty.db is not a backup of Paperwire: it is empty. Name a file that “paperwire backup”
    made.
    [exit 1]

$ paperwire restore data
    paperwire: data is a folder. Name a backup.
    [exit 1]

$ paperwire restore data/paperwire.db
    paperwire: data/paperwire.db is the database itself. Name a backup of it.
    [exit 1]

$ paperwire restore missing.db
    paperwire: There is no file at missing.db. Name a backup that “paperwire backup” made.
    [exit 1]

$ paperwire restore copy.db
    Restored data/paperwire.db from copy.db, as it was on 10 March 2026, 12:00 UTC: 3 papers, 7
    subscriptions.
    Later changes of subscriptions and schedules are not in it.
    Papers posted since then are looked up in their channels first, so that none is posted twice.
    The old database is kept as /home/ada/data/paperwire.db.replaced-20260310-120000.

A running service
=================

$ paperwire health
    ok

$ paperwire health
    the service does not answer at http://127.0.0.1:1: [Errno 111] Connection refused
    [exit 1]

$ paperwire run --once
    paperwire: Another service (process 4711) is running on paperwire.db. Stop it, or set another
    storage.path.
    [exit 1]

$ paperwire restore copy.db
    paperwire: Another service (process 4711) is running on paperwire.db. Stop it, or set another
    storage.path.
    [exit 1]

/healthz, before a poll ended
    no poll has succeeded since 10 March 2026, 10:00 UTC: polls don't finish
    slack: the token was revoked
    discord: nothing that I post has gone through since 10 March 2026, 11:20 UTC: Discord answered 503

/healthz, with a source that is out
    huggingface has been unreachable since 10 March 2026, 10:00 UTC: no connection
    slack: the token was revoked
    discord: nothing that I post has gone through since 10 March 2026, 11:20 UTC: Discord answered 503

Wrong settings
==============

$ SLACK_BOT_TOKEN=xoxb-only-one paperwire check
    Checked                Found
    configuration  failed  platforms.slack.app_token: missing, while platforms.slack.bot_token is set;
                           Slack needs both. Set it, or SLACK_APP_TOKEN.
                           → Correct it in the configuration file or the environment;
                           config.example.toml shows how
    [exit 1]

$ DISCORD_TOKEN='a token with blanks' paperwire check
    Checked                Found
    configuration  failed  DISCORD_TOKEN: it must be a token, without blanks and line breaks in it.
                           → Correct it in the configuration file or the environment;
                           config.example.toml shows how
    [exit 1]

$ PAPERWIRE_POLL__INTERVALL=10m paperwire check
    Checked                Found
    configuration  failed  PAPERWIRE_POLL__INTERVALL: there is no such setting. Did you mean
                           PAPERWIRE_POLL__INTERVAL?
                           → Correct it in the configuration file or the environment;
                           config.example.toml shows how
    [exit 1]

$ PAPERWIRE_LOG_FORMAT=xml paperwire check
    Checked                Found
    configuration  failed  PAPERWIRE_LOG_FORMAT: it must be text or json.
                           → Correct it in the configuration file or the environment;
                           config.example.toml shows how
    [exit 1]

$ PAPERWIRE_SECRETS=nowhere paperwire check
    Checked                Found
    configuration  failed  PAPERWIRE_SECRETS: nowhere is not a folder. Name one that holds the secrets,
                           or unset it.
                           → Correct it in the configuration file or the environment;
                           config.example.toml shows how
    [exit 1]

$ PAPERWIRE_HTTP__PORT=many paperwire check
    Checked                Found
    configuration  failed  PAPERWIRE_HTTP__PORT: it must be a whole number from 0 to 65535.
                           → Correct it in the configuration file or the environment;
                           config.example.toml shows how
    [exit 1]

$ SSL_CERT_FILE=nowhere.pem paperwire check
    Checked                 Found
    configuration  ok       can be read
    database       ok       data/paperwire.db, 7 subscriptions in 6 channels
    meaning        ok       not ready: it takes 150 papers of two months, and 3 papers are stored
    HTTP address   ok       any free port of 127.0.0.1 will do
    connections    failed   SSL_CERT_FILE: nowhere.pem cannot be read (No such file or directory)
                            → Name the certificates of the authorities that this machine trusts, or
                            unset SSL_CERT_FILE.
    huggingface    warning  not tried: repair the connections first
    [exit 1]

$ HTTP_PROXY=socks9://proxy paperwire check
    Checked                 Found
    configuration  ok       can be read
    database       ok       data/paperwire.db, 7 subscriptions in 6 channels
    meaning        ok       not ready: it takes 150 papers of two months, and 3 papers are stored
    HTTP address   ok       any free port of 127.0.0.1 will do
    connections    failed   HTTP_PROXY: it names a SOCKS proxy, which Paperwire cannot use
                            → Name an HTTP proxy, such as http://proxy.example:3128, or add the hosts
                            that need none to NO_PROXY.
    huggingface    warning  not tried: repair the connections first
    [exit 1]

$ PAPERWIRE_SOURCES__HUGGINGFACE__BASE_URL=http://127.0.0.1:1 paperwire check
    Checked                              Found
    configuration               ok       can be read
    database                    ok       data/paperwire.db, 7 subscriptions in 6 channels
    meaning                     ok       not ready: it takes 150 papers of two months, and 3 papers are
                                         stored
    HTTP address                ok       any free port of 127.0.0.1 will do
    huggingface                 failed   no answer (connect error: All connection attempts failed)
                                         → Check that this machine can reach 127.0.0.1; if it needs a
                                         proxy, set HTTP_PROXY
    terminal:elsewhere          failed   the terminal has no such channel
                                         → Subscribe terminal:local instead
    terminal:local              ok       is shown here
    discord:123456789012345678  warning  Discord is not configured
                                         → Configure it, or unsubscribe
    discord:general             warning  Discord is not configured
                                         → Configure it, or unsubscribe
    slack:C0123456789           warning  Slack is not configured
                                         → Configure it, or unsubscribe
    slack:C0PAUSED00            warning  Slack is not configured
                                         → Configure it, or unsubscribe
    [exit 1]

Slack and Discord
=================

$ paperwire check
    Checked                              Found
    configuration                ok      can be read
    database                     ok      data/paperwire.db, 5 subscriptions in 5 channels
    meaning                      ok      not ready: it takes 150 papers of two months, and no papers are
                                         stored
    HTTP address                 ok      any free port of 127.0.0.1 will do
    clock                        ok      agrees with huggingface, slack and discord
    huggingface                  ok      1 paper on the list for 10 March 2026
    Slack bot token              ok      works in the workspace Example Lab
    Slack scopes                 ok      all that are needed were granted
    Slack app token              ok      opens a socket
    slack:C0CLOSED               failed  I am not in the channel
                                         → Type /invite @Paperwire in that channel
    slack:C0GONE                 failed  I can't find the channel in Slack
                                         → Type /invite @Paperwire in that channel, or correct its id
    slack:C0OPEN                 ok      #robots can be posted to
    Discord token                ok      belongs to Paperwire
    discord:1010101010101010101  ok      #papers can be posted to
    discord:2020202020202020202  failed  I may not post in #staff
                                         → Give me “Send Messages” in #staff
    [exit 1]

$ SLACK_BOT_TOKEN=xoxb-wrong DISCORD_TOKEN=a.wrong.token paperwire check
    Checked                               Found
    configuration                ok       can be read
    database                     ok       data/paperwire.db, 5 subscriptions in 5 channels
    meaning                      ok       not ready: it takes 150 papers of two months, and no papers
                                          are stored
    HTTP address                 ok       any free port of 127.0.0.1 will do
    clock                        ok       agrees with huggingface, slack and discord
    huggingface                  ok       1 paper on the list for 10 March 2026
    Slack bot token              failed   Slack does not accept SLACK_BOT_TOKEN (invalid_auth)
                                          → Give SLACK_BOT_TOKEN the bot token, which begins with xoxb-,
                                          from “OAuth & Permissions” of your app at api.slack.com/apps
    Slack app token              ok       opens a socket
    slack:C0CLOSED               warning  not tried: the bot token does not work
    slack:C0GONE                 warning  not tried: the bot token does not work
    slack:C0OPEN                 warning  not tried: the bot token does not work
    Discord token                failed   Discord refuses it
                                          → Put the bot's token from
                                          https://discord.com/developers/applications into DISCORD_TOKEN
    discord:1010101010101010101  failed   not tried: Discord cannot be used
                                          → See above
    discord:2020202020202020202  failed   not tried: Discord cannot be used
                                          → See above
    [exit 1]

$ SLACK_APP_TOKEN=xapp-wrong paperwire check
    Checked                              Found
    configuration                ok      can be read
    database                     ok      data/paperwire.db, 5 subscriptions in 5 channels
    meaning                      ok      not ready: it takes 150 papers of two months, and no papers are
                                         stored
    HTTP address                 ok      any free port of 127.0.0.1 will do
    clock                        ok      agrees with huggingface, slack and discord
    huggingface                  ok      1 paper on the list for 10 March 2026
    Slack bot token              ok      works in the workspace Example Lab
    Slack scopes                 ok      all that are needed were granted
    Slack app token              failed  Slack does not accept SLACK_APP_TOKEN (invalid_auth)
                                         → Give SLACK_APP_TOKEN an app-level token with the scope
                                         connections:write, which begins with xapp-, from “Basic
                                         Information” of your app at api.slack.com/apps
    slack:C0CLOSED               failed  I am not in the channel
                                         → Type /invite @Paperwire in that channel
    slack:C0GONE                 failed  I can't find the channel in Slack
                                         → Type /invite @Paperwire in that channel, or correct its id
    slack:C0OPEN                 ok      #robots can be posted to
    Discord token                ok      belongs to Paperwire
    discord:1010101010101010101  ok      #papers can be posted to
    discord:2020202020202020202  failed  I may not post in #staff
                                         → Give me “Send Messages” in #staff
    [exit 1]

$ paperwire check
    Checked                              Found
    configuration                ok      can be read
    database                     ok      data/paperwire.db, 5 subscriptions in 5 channels
    meaning                      ok      not ready: it takes 150 papers of two months, and no papers are
                                         stored
    HTTP address                 ok      any free port of 127.0.0.1 will do
    clock                        ok      agrees with huggingface, slack and discord
    huggingface                  ok      1 paper on the list for 10 March 2026
    Slack bot token              ok      works in the workspace Example Lab
    Slack scopes                 ok      all that are needed were granted
    Slack app token              failed  Socket Mode is off
                                         → Turn on “Enable Socket Mode” under “Socket Mode” of your app
                                         at api.slack.com/apps
    slack:C0CLOSED               failed  I am not in the channel
                                         → Type /invite @Paperwire in that channel
    slack:C0GONE                 failed  I can't find the channel in Slack
                                         → Type /invite @Paperwire in that channel, or correct its id
    slack:C0OPEN                 ok      #robots can be posted to
    Discord token                ok      belongs to Paperwire
    discord:1010101010101010101  ok      #papers can be posted to
    discord:2020202020202020202  failed  I may not post in #staff
                                         → Give me “Send Messages” in #staff
    [exit 1]

Databases that cannot be used
=============================

$ paperwire subscriptions
    paperwire: data/paperwire.db was written by a later version of Paperwire. Install that version, or
    restore an older backup.
    [exit 1]

$ paperwire run --once
    paperwire: data/paperwire.db was written by a later version of Paperwire. Install that version, or
    restore an older backup.
    [exit 1]

$ paperwire check
    Checked                Found
    configuration  ok      can be read
    database       failed  data/paperwire.db was written by a later version of Paperwire
                           → Install that version, or restore an older backup
    HTTP address   ok      any free port of 127.0.0.1 will do
    clock          ok      agrees with huggingface
    huggingface    ok      1 paper on the list for 10 March 2026
    [exit 1]

$ PAPERWIRE_STORAGE__PATH=letter.txt paperwire subscriptions
    paperwire: The database letter.txt cannot be used: file is not a database. This is not an SQLite
    database; name another file in storage.path, or restore a backup.
    [exit 1]

$ PAPERWIRE_STORAGE__PATH=letter.txt paperwire check
    Checked                Found
    configuration  ok      can be read
    database       failed  The database letter.txt cannot be used: file is not a database
                           → This is not an SQLite database; name another file in storage.path, or
                           restore a backup
    HTTP address   ok      any free port of 127.0.0.1 will do
    clock          ok      agrees with huggingface
    huggingface    ok      1 paper on the list for 10 March 2026
    [exit 1]

$ PAPERWIRE_STORAGE__PATH=data paperwire subscriptions
    paperwire: The database data cannot be used: unable to open database file. Let the user who runs
    Paperwire write to its folder, or name another file in storage.path.
    [exit 1]

$ PAPERWIRE_STORAGE__PATH=data paperwire check
    Checked                Found
    configuration  ok      can be read
    database       failed  data is a folder
                           → Name a file in storage.path, such as data/paperwire.db
    HTTP address   ok      any free port of 127.0.0.1 will do
    clock          ok      agrees with huggingface
    huggingface    ok      1 paper on the list for 10 March 2026
    [exit 1]

$ PAPERWIRE_STORAGE__PATH=letter.txt/paperwire.db paperwire subscriptions
    There is no database at /home/ada/letter.txt/paperwire.db yet.
    There are no subscriptions yet. Try: paperwire subscribe terminal:local "reinforcement learning"

$ PAPERWIRE_STORAGE__PATH=letter.txt/paperwire.db paperwire check
    Checked                Found
    configuration  ok      can be read
    database       failed  letter.txt/paperwire.db cannot be accessed: Not a directory
                           → Name another file in storage.path
    HTTP address   ok      any free port of 127.0.0.1 will do
    clock          ok      agrees with huggingface
    huggingface    ok      1 paper on the list for 10 March 2026
    [exit 1]
"""
