/** A second set of lines of tired people, written after the first one was mended. See `ends.ts`. */
export const LATE_EN = `
system | it's the erp database | fact system=erp or ask 进销存
system | checked both, the problem is in the shop | fact system=shop or ask 网上商城 or ask shop
system | please just open the thing first | note
awareness | ten to seven, the guard called the duty desk | aware 31T06:50 or ask 06:50
awareness | SOC ticket came in 11:30 pm, I read it at 7 this morning | ask 11:30 or aware 30T23:30 or ask 23:30
awareness | I slept till 7 | note or ask 07:00
awareness | nobody knew before 8 | note
awareness | the plan says we meet at 8 | note
awareness | alert 8:05, forwarded to me 8:10 | ask 8:05 or aware 31T08:05
awareness | no no, 8:40 was the alert | aware 31T08:40 or ask 08:40 or view answers
awareness | about two hours ago | aware 31T07:52 or ask 07:52
awareness | today is the 31st | note
type | someone changed our website | ask amper or note
type | servers are mining crypto | ask ining
people | a few hundred i guess | ask few or ask 100 or ask Don or note or range personal_info_people 500
people | can't be more than a thousand | ask 1,000 or range personal_info_people 900 or note
people | 1.2 million, 800k of those valid | ask 1.2 or ask 800 or note
people | 120 customers complained today | note or ask 120
people | only some of it leaked, don't know how many | ask Don or fact personal_info_people=unknown or note
people | the data of a hundred employees | ask 100 or fact personal_info_people=100
people | 5 million users in the db, how many leaked is still being checked | ask Don or ask 5 or note
people | no users affected, internal network only | fact personal_info_people=0 or ask 0
ongoing | stable now, recovered at 9:10 | form ongoing or ask 09:10 or span ongoing 0 09:10
ongoing | attack not over, traffic keeps coming in | running ongoing or note
ongoing | hasn't happened again | form ongoing or note or ask ended
outage | twice, 10 minutes and then 20 minutes | ask 10 or note or form site_outage_minutes
outage | three hours or so | fact site_outage_minutes or range site_outage_minutes 180 or ask 180 or ask 3 h
verdict | can we make the deadline | note or view status or view next
verdict | who signs this | note or view people or view draft or form request_approval or ask pprov
verdict | scratch that | ask Undo
verdict | make it 125k | fact personal_info_people=125000
verdict | Wang Lei says he'll do it | note or ask Wang Lei or cmd hand_over or cmd add_person
verdict | NOT a false alarm! | note
verdict | can you export the draft for me | view download or view text or note
`;
