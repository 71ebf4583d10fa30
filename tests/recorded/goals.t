# What a client wants to reach: a goal, what is under it, how far it has come,
# and a day that has passed.
$ kor open --date 2026-01-02 >/dev/null; kor caseload --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'
<code A>
$ kor goals $A
There are no goals: 'kor goal add' adds one.
$ kor goal add $A "live at home again" --set 2026-01-05 --criterion "sleeps there five nights a week" --weight 2
   1  goal: live at home again
          reached when: sleeps there five nights a week
          not reached yet; weight 2
$ kor goal add $A "cook a meal" --under 1 --set 2026-01-05 --target 2026-01-31
   2      sub-goal: cook a meal
              not reached yet; to be reached by 2026-01-31; that day has passed
$ kor goal add $A "buy what is needed" --under 2 --set 2026-01-05
   3          step: buy what is needed
                  not reached yet
$ kor goal add $A "write a list" --under 3
kor: there are 3 levels (goal, sub-goal, step), and this would make 4 under goal 3: name one further up
[status 65]
$ kor goal add $A "call somebody" --set 2026-01-09
   4  goal: call somebody
          not reached yet
$ kor goal add $A no quotation marks
kor: write it as: kor goal add CODE TEXT (see 'kor help goal add')
[status 64]
$ kor goal progress $A 2 3 --date 2026-01-20
   2      sub-goal: cook a meal
              not reached yet; to be reached by 2026-01-31; that day has passed; progress 3 of 10
$ kor goal progress $A 2 6 --date 2026-01-30 --quiet >/dev/null; kor goal level $A 1 1 --date 2026-01-30; kor goal level $A 4 -1 --date 2026-01-30 --lang nb
   1  goal: live at home again
          reached when: sleeps there five nights a week
          not reached yet; level +1; weight 2
   4  mål: call somebody
          ikke nådd ennå; nivå -1
$ kor goal level $A 4 -3
kor: '-3' is no whole number from -2 to 2
[status 64]
$ kor goal set $A 1 --under 3
kor: goal 1 would be its own sub-goal: name one that is not under it
[status 65]
$ kor goal set $A 3 --status reached --text "buy food"
   3          step: buy food
                  reached
$ kor goals $A
<code A>, episode 1
   1  goal: live at home again
          reached when: sleeps there five nights a week
          not reached yet; level +1; weight 2
   2      sub-goal: cook a meal
              not reached yet; to be reached by 2026-01-31; that day has passed; progress 6 of 10
   3          step: buy food
                  reached
   4  goal: call somebody
          not reached yet; level -1
Goal attainment T = 54 (50: as expected), goals it is from: 2
$ kor due | sed 's/ *$//'
number  client     what                 when               due         how long
     1  <code A>  session              from time to time  2026-01-16  overdue since 2026-01-31
        <code A>  goal 2: cook a meal  target day         2026-01-31  overdue since 2026-02-01
$ kor due missing $A 1000000000002 phone
kor: that is goal 2, which does not go missing: 'kor goal set' with --status reached or dropped, or with another --target, takes it off the list
[status 65]
$ kor goals $A --lang sv --history | sed 's/20[0-9-]*  version/<day>  version/'
<code A>, behandlingsperiod 1
   1  mål: live at home again
          nått när: sleeps there five nights a week
          inte nått ännu; nivå +1; vikt 2
          2026-01-30  nivå +1 (operator)
   2      delmål: cook a meal
              inte nått ännu; ska nås senast 2026-01-31; den dagen har passerat; framsteg 6 av 10
              2026-01-30  framsteg 6 av 10 (operator)
              2026-01-20  framsteg 3 av 10 (operator)
   3          steg: buy food
                  uppnått
                  <day>  version 1: buy what is needed; inte nått ännu (operator)
   4  mål: call somebody
          inte nått ännu; nivå -1
          2026-01-30  nivå -1 (operator)
Måluppfyllelse T = 54 (50: som väntat), antal mål den är räknad på: 2
$ kor goal set $A 2 --no-target --lang nb; kor due
   2      delmål: cook a meal
              ikke nådd ennå; framgang 6 av 10
number  client     what     when               due         how long
     1  <code A>  session  from time to time  2026-01-16  overdue since 2026-01-31
$ kor goal set $A 1 --status dropped; kor goal set $A 2 --status dropped >/dev/null; kor goal set $A 1 --status dropped; kor goals $A --json | sed 's/.*"t":/"t":/'
kor: goal 2 under it is still open: say first whether that is reached or dropped
   1  goal: live at home again
          reached when: sleeps there five nights a week
          dropped; level +1; weight 2
"t":40,"rated":1}
$ kor person $A --out file --asked "the client" --quiet; grep -o '"text":"[^"]*"' file/person.json | sort | uniq -c; cat file/goals.csv
      1 "text":"buy food"
      1 "text":"buy what is needed"
      1 "text":"call somebody"
      3 "text":"cook a meal"
      2 "text":"live at home again"
episode,goal,under,text,criterion,set,target,status,weight,progress,progress_date,level,level_date
1,1,,live at home again,sleeps there five nights a week,2026-01-05,,dropped,2,,,1,2026-01-30
1,2,1,cook a meal,,2026-01-05,,dropped,1,6,2026-01-30,,
1,3,2,buy food,,2026-01-05,,reached,1,,,,
1,4,,call somebody,,2026-01-09,,open,1,,,-1,2026-01-30
