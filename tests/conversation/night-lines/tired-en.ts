/** Lines as tired people type them at four in the morning: cut short, mistyped, two things in one, out of turn. See `ends.ts`. */
export const TIRED_EN = `
system | shop i think, erp is fine | fact system=shop or ask 网上商城 or fact system=erp or note
system | shop AND erp both hit | note or ask shop or ask 网上商城
system | not ours, it's the vendor's box | note or ask nother
system | the shop, support told us at 8:40 this morning | fact system=shop | awareness
system | support had calls about it since 8:40ish | aware 31T08:40 or ask 08:40
system | Li Wei can you look at this | note
system | boss wants to know how many people | note
system | anyone awake? | note or view people
system | our data is up for sale on a forum, they claim 300k records | ask 300 or note
awareness | 7:40 the guy on shift saw the alert | aware 31T07:40
awareness | last night, half past midnight or so, monitoring paged | aware 31T00:30 or ask 00:30
awareness | around seven this morning | aware 31T07:00 or ask 07:00
awareness | 0805 | aware 31T08:05 or ask 08:05
awareness | some people said it was slow two days ago, we ignored it | note or ask 29 Mar
awareness | attackers came in at 3 am | note or ask 03:00
awareness | said 8:30 before, that's wrong, we spotted it at 8:20 | aware 31T08:20
awareness | the police rang us at 8 this morning | aware 31T08:00
awareness | the WAF blocked one request at 7 | note or ask 07:00
awareness | it was almost 9 when I got to the office | note or ask 08:4 or ask 09:00
awareness | mail came 7:50, opened it at 8:15 | ask 7:50 or aware 31T07:50
awareness | hold on let me ask ops | closed or note or ask Don
awareness | have to brief the boss at 9:30 | note
awareness | we rebooted at 8:10 | note
awareness | the CVE came out on March 20 | note
awareness | it's been over an hour | note or ask 08:
awareness | 08:16:56 SIEM alert | aware 31T08:16
type | somebody deleted the database | ask estr or ask oss or note
type | an employee mailed customer data to the wrong address | ask leak or note
type | site is down, no idea if it's an attack | note or ask Don or ask enial
type | doesn't look like a leak | note
type | someone is texting people pretending to be us | note or ask mperson
people | 100k plus | fact personal_info_people or ask 100 or range personal_info_people 110000
people | 1.2 to 1.3 million ish | range personal_info_people 1250000 or ask 1.2
people | no more than 5000 | range personal_info_people 4000 or ask 5,000
people | 86k confirmed so far and climbing | fact personal_info_people or range personal_info_people 86000 or ask 86
people | 2 million members in total, only part of them leaked | note or ask 2 or ask Don
people | 100 people complained | note or ask 100
people | nobody affected | fact personal_info_people=0 or ask 0
people | ~75K | range personal_info_people 75000
people | gotta ask the DBA | fact personal_info_people=unknown or ask Don
people | 500k phone numbers | ask 500 or fact personal_info_people=500000
people | just 3 of us on shift | note or ask 3
ongoing | cut off at 8, nothing went out after that | span ongoing 0 08:00 or form ongoing or ask 08:00 or ask ended
ongoing | nope not over yet | running ongoing
ongoing | 7:30 till 8:50 | span ongoing 07:30 08:50
ongoing | all sorted now | form ongoing or ask ended or form end_handling or ask andling
ongoing | probably since last night, still seeing traffic | running ongoing or ask now or form ongoing or note
outage | almost two hours now | ask since
outage | on and off, an hour and a half in total | fact site_outage_minutes=90 or ask 90 or ask 1 h 30 or form site_outage_minutes
verdict | when does it have to be in | view status or view next
verdict | how long have we got | view status or view next
verdict | what's the number of the CAC | view owed or view phone or note or view next or form phone_report
verdict | just told Mr Li, he is ok with reporting | note or ask pprov or form decide_approval
verdict | no need for police right | note or view why or ask olice
verdict | typo, it should be 120k people | fact personal_info_people=120000 or ask 120
verdict | measures: 1. pulled network 2. reset passwords 3. kept logs | cmd fill_field
verdict | take that back | ask Undo
verdict | Wang Lei can you take this, I'm off to the server room | ask Wang Lei or ask 王磊 or note or cmd hand_over or cmd add_person
verdict | don't report, stop for now | form not_reportable or closed
verdict | show me the draft | view text or view download or view next or cmd compile_draft
verdict | phoned it in, officer no 0562 | filing 0562
verdict | that level is wrong, has to be significant | form another_level or view why or ask ignificant
verdict | just woke up what's going on | view catchup or view status or view next
verdict | no losses | fact direct_loss_cny=0 or ask oss or note
`;
