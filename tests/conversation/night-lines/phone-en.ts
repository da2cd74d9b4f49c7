/** Lines from a phone: pasted, quoted, half Chinese, mistyped, in code words, two facts in one. See `ends.ts`. */
export const PHONE_EN = `
system | its the shop, erp is fine | fact system=shop or ask 网上商城 or ask shop
system | teh web shop i think | fact system=shop or ask 网上商城 or ask shop
system | 商城 shop, members db | fact system=shop or ask 网上商城 or ask shop
system | not sure which, ask ops | note or ask Don or closed
system | monitoring went off at 11:40pm last night, nobody looked | aware 30T23:40 or ask 23:40
system | ransom mail came in at 10:15 pm, shop's front page is dead too | aware 30T22:15 or ask 22:15 | system incident_type
system | complaints since 6am, 1.2M members affected | ask 06:00 or ask 1.2 or aware 31T06:00 | personal_info_people
system | [WAF] 2026-03-31 08:47:13 SQLi blocked src=203.0.113.8 | aware 31T08:47 or ask 08:47 or note
system | fwd from Anna: customers complained at 5pm yesterday already | ask 17:00 or aware 30T17:00
system | on the train, bad signal, there in 30 | note
system | can sb pls have a look | note
system | who else is in this channel | note or view people or left
system | gimme a sec | closed or note
system | no clue | note or ask Don or fact system=unknown
awareness | customer rang at half eight this morning | aware 31T08:30 or ask 08:30
awareness | quarter to nine, from the SOC | aware 31T08:45
awareness | 23:05 last nite EDR alert | aware 30T23:05
awareness | ten to nine, a complaint via support | aware 31T08:50 or ask 08:50
awareness | the shift log says first alert 07:12 | aware 31T07:12 or ask 07:12
awareness | Anna says the CAC called her at 6:50 | aware 31T06:50 or ask 06:50
awareness | can't remember, it was just getting light | note or ask Don
awareness | eight, no wait, half past seven, by phone | aware 31T07:30 or ask 07:30
awareness | sometime between 7 and 8 | ask 07: or aware 31T07 or note
awareness | just before knocking off, around 5:50pm, a customer got a scam text | aware 30T17:50 or ask 17:50
awareness | fine again after we patched at 11pm | note or ask 23:00
awareness | the 9 o'clock standup is cancelled | note
awareness | the midnight cron job failed | note or ask 00:00
awareness | around 2 in the morning, the data centre guard noticed | aware 31T02:00 or ask 02:00
awareness | 8:31AM AWS abuse mail | aware 31T08:31
awareness | got the notice about an hour and a half ago | aware 31T08:22 or ask 08:22
awareness | oldest ticket was opened 08:05 | aware 31T08:05 or ask 08:05
awareness | around 8 last night, security desk | aware 30T20:00 or ask 20:00
type | bunch of PCs show a popup asking for bitcoin | ask ansom or fact incident_type or ask alware
type | data leek | fact incident_type=data.leak or ask leak or note
type | looks like credential stuffing | ask leak or ask ata or ask ttack or note
type | home page got defaced with casino links | ask amper or fact incident_type or note
type | ddos prolly, pipe is full | ask enial or fact incident_type or ask DDoS
type | stop asking about types | note or closed or left
people | 1.2m+ | fact personal_info_people or ask 1.2 or range personal_info_people 1300000
people | circa one point two million | range personal_info_people 1200000 or fact personal_info_people=1200000 or ask 1.2
people | 3,500 ppl | fact personal_info_people=3500 or ask 3,500
people | three to five thousand | range personal_info_people 4000
people | table has 1,204,311 rows, 980k unique people | ask 980 or fact personal_info_people=980000 or note or ask 1,204
people | yesterday's 50k was wrong, it's 72k now | fact personal_info_people=72000 or ask 72
people | 20k at most, 8k at least | range personal_info_people 15000 or ask 8
people | half a million | fact personal_info_people=500000 or ask 500
people | dba is counting, will have it at 10 | note or ask Don or fact personal_info_people=unknown
people | 6 of them got scammed, went to the police | note or ask 6
ongoing | still hammering us | running ongoing or note
ongoing | pulled the uplink 9:05, no exfil since | span ongoing 0 09:05 or form ongoing or ask 09:05 or note
ongoing | done and dusted | form ongoing or ask ended or note or form end_handling
ongoing | went on until 9:40 just now | form ongoing or ask 09:40 or span ongoing 0 09:40
outage | down 7:10, back 8:25 | span site_outage_minutes 07:10 08:25 or ask 75 or fact site_outage_minutes
outage | two and a half hrs | fact site_outage_minutes=150 or ask 150 or ask 2
outage | still 502 | running site_outage_minutes or note or ask still or form ongoing
judgement | boss says not serious, your call | note or left
verdict | whens it due | view status or view next
verdict | make that 1.35 million | fact personal_info_people=1350000 or ask 1.35
verdict | add to measures: admin passwords reset at 9:30 | cmd fill_field or ask easures or note
verdict | taking a nap, ring Wang Lei if anything | note or left or ask Wang Lei or ask 王磊
verdict | boss wants to sit on it for now | left
verdict | scrap that last one | ask Undo or note
verdict | can't we count from 10 | note or view status or view why or left
`;
