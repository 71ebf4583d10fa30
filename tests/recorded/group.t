# A group that meets: a meeting is a session of each member.
$ kor open | head -1; kor open | head -1; kor group add monday --planned 40 --unit clinic
<code A>, episode 1
<code B>, episode 1
monday: group
    unit                  clinic
    led by                operator
    planned meetings      40
fewer than four are in it
it has one leader, and is meant to have two
$ kor group join monday $A; kor group join monday $B; kor group join monday $B
monday: group
    unit                  clinic
    led by                operator
    planned meetings      40
monday: group
    unit                  clinic
    led by                operator
    planned meetings      40
kor: this client is in the group already
[status 65]
$ kor group met monday --there $A --homework $A --module recovery
monday: group
    unit                  clinic
    led by                operator
    planned meetings      40
    meeting 1             <today>, 1 of 2 there: recovery
client     joined      left  meetings  there
<code A>  <today>               1      1
<code B>  <today>               1      0
fewer than four are in it
it has one leader, and is meant to have two
$ kor group show monday --lang sv
monday: grupp
    enhet                 clinic
    leds av               operator
    planerade möten       40
    möte 1                <today>, 1 av 2 närvarande: recovery
klient     kom med     slutade  möten  närvarande
<code A>  <today>               1           1
<code B>  <today>               1           0
färre än fyra är med
den har en ledare, och är tänkt att ha två
$ kor due
number  client     what            when       due         how long
     3  <code A>  Outcome check   session 1  <today>  until <today>
     4  <code A>  Alliance check  session 1  <today>  until <today>
$ kor group met monday --there $A
kor: meeting 1 was on <today>: the next one is later
[status 65]
$ kor group task monday "copies of the sheets" --who operator --until 2099-01-31
monday: group
    unit                  clinic
    led by                operator
    planned meetings      40
    task 1                copies of the sheets (operator, until 2099-01-31)
    meeting 1             <today>, 1 of 2 there: recovery
client     joined      left  meetings  there
<code A>  <today>               1      1
<code B>  <today>               1      0
fewer than four are in it
it has one leader, and is meant to have two
$ kor group task monday "copies" --who operator
kor: --until is missing: see 'kor help group task'
[status 64]
$ kor group done monday 1 --quiet; kor group done monday 1
monday: group
    unit                  clinic
    led by                operator
    planned meetings      40
    meeting 1             <today>, 1 of 2 there: recovery
client     joined      left  meetings  there
<code A>  <today>               1      1
<code B>  <today>               1      0
kor: the group has no open task with this number: 'kor group show monday' lists them
[status 66]
$ kor group leave monday $B --reason "another day"
monday: group
    unit                  clinic
    led by                operator
    planned meetings      40
$ kor group add tuesday; kor group list; kor group list --lang nb
kor: your account is of no unit: name that of the group with --unit ('kor unit list' shows them)
group   kind   unit    led by
monday  group  clinic  operator
gruppe  type    enhet   ledes av
monday  gruppe  clinic  operator
$ kor group list --json | sed 's/"members.*//'
{"name":"monday","kind":"group","unit":"clinic","leader":"operator","planned":40}
$ kor group add Monday; kor group show tuesday; kor group leave monday $B
kor: a name has 1 to 32 small letters a to z, digits and hyphens, a letter among them: a handle, not a person's name
kor: there is no group 'tuesday': 'kor group list' shows yours
kor: --reason is missing: see 'kor help group leave'
[status 64]
$ kor show $B --json | sed 's/.*"groups"/"groups"/'
"groups":[{"group":"monday","joined":"<today>","left":"<today>","reason":"another day","meetings":[{"number":1,"date":"<today>","module":"recovery"}]}]}
