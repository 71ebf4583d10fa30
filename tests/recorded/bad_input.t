# Every mistake gets its sentence and its exit status, and nothing is stored.
$ kor open
<code A>, episode 1
    pathway               talk, version 1
    unit                  clinic
    therapist             operator
    opened                <today>
    ending                open
    sessions              0
$ kor record $A outcome 3 4 3 11
kor: item 4 of outcome is 11 and must be from 0 to 10 in steps of 0.1: correct it, or give - if it is missing
[status 65]
$ kor record $A outcome 3 4 3
kor: outcome has 4 items, and 3 answers were given: give one for each, and - for a missing one
[status 65]
$ kor record $A outcome nan 4 3 2
kor: outcome has no items: write them behind it, or give --total
[status 64]
$ kor record $A phq9 0 1 2 3 0 1 2 3 1.5
kor: item 9 of phq9 is 1.5 and must be from 0 to 3 in steps of 1: correct it, or give - if it is missing
[status 65]
$ kor record $A nosuchscale 1 2 3
kor: there is no scale 'nosuchscale': 'kor instrument list' shows those there are
[status 66]
$ kor record 3333-3334 outcome 1 2 3 4
kor: this is nobody's code, one letter or digit of it is wrong or two have changed places: compare it with the card and type it again
[status 65]
$ kor record XXXX outcome 1 2 3 4
kor: a code has 8 letters and digits, written XXXX-XXXX: look at the card and type it again
[status 65]
$ kor record $A outcome 3 4 3 2 --date 2099-01-01
kor: the date 2099-01-01 lies in the future: today is <today>
[status 65]
$ kor record $A outcome 3 4 3 2 --date 2001-01-01
kor: the date 2001-01-01 lies before the episode, which began on <today>
[status 65]
$ kor record $A outcome 3 4 3 2 --date 31.12.2025
kor: --date must be a day from 1900-01-01 to 2199-12-31, written YYYY-MM-DD, not '31.12.2025'
[status 64]
$ kor record $A outcome 3 4 3 2 --session 99
kor: the last session is number 0: a new one may have a number up to 10
[status 65]
$ kor record $A outcome 3 4 3 2 outcome 3 4 3 2
kor: outcome is named twice: give its answers once
[status 65]
$ kor record $A outcome 3 4 3 2 --rater aunt
kor: the rater 'aunt' is not known: write client, parent, partner, teacher, coordinator or therapist, with a number from 1 to 9 where there are several
[status 65]
$ kor record $A
kor: name a scale with its items, or give --status for a session without answers
[status 64]
$ kor record $A outcome 3,5 4 3 2
<code A>, session 1 on <today>, held
Outcome check: 12.5 of 40
    reliable change       7 points (working limit, not a norm)
    standing              too early to say
Next: The session stays open today for the alliance scale: kor record <code A> alliance ...
$ kor record $A outcome 3 4 3 2
kor: session 1 has an answer on outcome by this rater already: mend it with 'kor correct', or give another --session
[status 65]
$ kor correct $A outcome --session 2 1 2 3 4 --reason x
kor: there is no session 2 in this episode
[status 66]
$ kor correct $A alliance --session 1 1 2 3 --reason x
kor: session 1 has no answer on alliance by client: 'kor show <code A>' tells what it has
[status 66]
$ kor correct $A outcome --session 1 1 2 3 4
kor: --reason is missing: see 'kor help correct'
[status 64]
$ kor close $A --ending happily --reason x
kor: the ending is 'planned' or 'unplanned'
[status 65]
$ kor reopen $A
kor: this client has an open episode already: 'kor open --beside' begins another one beside it
[status 65]
$ kor show 4444-4444
kor: this is nobody's code, one letter or digit of it is wrong or two have changed places: compare it with the card and type it again
[status 65]
$ kor graph $A -o x.gif
kor: the name of the file must end in .svg, .pdf or .png
[status 64]
$ kor nosuchcommand
kor: 'nosuchcommand' is no command: see 'kor help'
[status 64]
$ kor graph $A --lang nb --output; kor frobnicate --lang=sv; KOR_LANG= LC_ALL= kor --frobnicate --lang nb
kor: --output trenger en verdi
kor: 'frobnicate' är inget kommando: se 'kor help'
kor: '--frobnicate' er ikke et valg her: se 'kor help'
[status 64]
$ kor record $A outcome 1 2 3 4 --frobnicate
kor: '--frobnicate' is no option here: see 'kor help record'
[status 64]
$ printf '{"key":"x"}' > bad.json; kor instrument check bad.json
kor: bad.json: version is missing: give a text in quotes
[status 65]
$ kor caseload --therapist nobody
kor: nobody here is called 'nobody': an administrator adds accounts
[status 66]
