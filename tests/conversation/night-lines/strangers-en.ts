/** The same in English: see `strangers-zh.ts`. */
export const STRANGERS_EN = String.raw`
system | wtf the site is down who is around | note
system | webshop, host shop-web01 | fact system=shop or ask 网上商城
system | its the erp thing lao zhang uses | fact system=erp or ask 进销存
system | EDR fired at 2:47 this morning | aware 31T02:47
system | 30 Mar 23:15 customer emailed us | aware 30T23:15
system | 2026-03-31 08:05:33 WAF alert SQLi | aware 31T08:05 or ask 08:05
system | supplier rang us at half five yesterday afternoon | aware 30T17:30 or ask 17:30
system | ppl complained the night before last already | note or ask 29
system | support got a call at 8.40am, user received scam texts | aware 31T08:40
system | around 7ish the duty guy saw red on the dashboard | aware 31T07:00 or ask 07:00
system | shop db dumped, prolly 2 million+ users | range personal_info_people 2100000 or ask 2 or fact system=shop | system
system | RANSOMWARE everything is .lockbit | ask ansomware or fact incident_type
system | no clue just got in | ask Don or fact system=unknown or note
system | hang on let me ask | note or closed
system | ok thx | silent
system | Wang Lei can you have a look | note or ask Wang Lei
system | did anyone call the police | note or ask olice or view owed
system | do we have to report this to the CAC? | view owed or view why or view next or note or view status
system | how long do we have | view status or view owed or view next
system | measures: closed the public mapping of the shop, WAF now blocking | cmd fill_field
system | web shpo | fact system=shop or ask 网上商城
system | both probably | note
awareness | 922 alert from ops chat | aware 31T09:22 or ask 09:22
awareness | 0922 got a text | aware 31T09:22 or ask 09:22
awareness | 9.15 monitoring | aware 31T09:15 or ask 09:15
awareness | a bit after 6 this morning the guard heard the alarm in the server room | aware 31T06:00 or ask 06:00
awareness | SOC called me last night about 11:50pm | aware 30T23:50
awareness | just now | aware 31T09:52 or ask 09:52
awareness | like 10 min ago, boss forwarded me a screenshot | aware 31T09:42 or ask 09:42
awareness | an hour ago, user complaint | aware 31T08:52
awareness | at 1am i was still watching and everything looked normal | note
awareness | the change went in at midnight | note
awareness | the 9 o'clock standup just ended | note
awareness | i got to the office at 8:30 | note
awareness | cert expired yesterday 6pm | note
awareness | nothing weird before 9 | note or ask 09:00
awareness | have to brief the boss at 10 | note
awareness | alert went out at 9 but we only saw it 9:30 | ask 09:30 or ask 09:00 or aware 31T09:00 or ask 9
awareness | CAC sent us a letter yesterday at 4pm | aware 30T16:00 or ask 16:00
awareness | police came by at 9:10 this morning and told us | aware 31T09:10
awareness | somebody posted it on a forum, we saw it 7:30 today | aware 31T07:30
awareness | attacker got in at 2am | note or ask 02:00
awareness | logs show first successful login 03-30 22:14:07 | note or ask 22:14
awareness | cant remember, 8? maybe 9 | note or ask 08:00 or ask 09:00
awareness | help what do i do | view next or view help
awareness | are you a bot | note
awareness | gimme 15 min | note
awareness | sunday 10pm a pentest firm mailed us about it | aware 29T22:00 or ask 22:00
awareness | 31/3 07:05 IDS alert | aware 31T07:05 or ask 07:05
awareness | Noticed @ 0840 CST by monitoring | aware 31T08:40 or ask 08:40
awareness | vendor told us around quarter to nine | aware 31T08:45 or ask 08:45
type | data breach | fact incident_type=data.leak or ask leak
type | someone dumped the database | ask leak or fact incident_type=data.leak
type | ddos | ask enial or fact incident_type
type | don't think its ransomware, no note anywhere | note
type | homepage got defaced with slogans | ask amper or fact incident_type
type | phishing, couple of people clicked | ask hishing or fact incident_type or note
type | still looking into it | ask Don or fact incident_type=unknown or note
type | crypto miner on two hosts | ask min or fact incident_type or note
people | 1.2m | fact personal_info_people=1200000 or ask 1.2
people | one point two million | fact personal_info_people=1200000 or ask 1.2
people | 300-400k people | range personal_info_people 350000 or ask 300
people | at least half a million users | range personal_info_people 600000 or ask 500
people | under a million | range personal_info_people 900000 or ask 1 million
people | 800 or 900 thousand | range personal_info_people 850000 or ask 900 or ask 800
people | 1200000 rows, some ppl have several | ask 1 or note
people | none afaik, 0 | fact personal_info_people=0 or ask 0
people | 36,512 accounts so far | ask 36 or ask 3 or fact personal_info_people=36512
people | not counted yet | fact personal_info_people=unknown or ask Don
people | 3 | ask 3
people | the table has 870k, no idea how many got out | ask 870 or ask Don or note
people | 5 people working on it | note or ask 5
people | ID numbers and bank cards too | note or ask ID
ongoing | still exfiltrating!! | running ongoing
ongoing | cut off, pulled the cable at 9:40 | form ongoing or ask 09:40 or span ongoing 0 09:40
ongoing | been fine for ages | form ongoing or ask ended or note
ongoing | from 8 to half past 9 | span ongoing 08:00 09:30
ongoing | started 8:10 and still not fixed | running ongoing
ongoing | not sure, looks like it stopped | note or form ongoing or ask Don or fact ongoing=unknown or ask stop
ongoing | just rebooted lets see | note or closed
ongoing | lasted like 40 mins | form ongoing or ask 40
outage | site unreachable since 9:05 | running site_outage_minutes or running ongoing or ask 09:05
outage | down for 45 min | fact site_outage_minutes=45 or form ongoing or ask 45 or form site_outage_minutes
judgement | 1 | left
judgement | probably 2 | left
judgement | not my call | note or ask Don or fact
judgement | legal has to say | note or ask Don or ask legal
verdict | confirm major | cmd decide_level
verdict | go with major then | cmd decide_level
verdict | why is it major | view why
verdict | can we just not report it | form not_reportable or view why or note or view owed
verdict | not a false alarm | note
verdict | false alarm guys | cmd withdraw_declaration or ask alse alarm
verdict | oops undo that | ask ndo
verdict | no its 1.5 million | fact personal_info_people=1500000 or ask 1.5
verdict | change the number to 350k | fact personal_info_people=350000 or ask 350
verdict | nah forget it | closed
verdict | how much time left | view status or view next
verdict | whats next | view next
verdict | who is in charge | view people or view status or note
verdict | ill take the lead | cmd take_lead
verdict | i'm off now, handing over to Wang Lei | ask Wang Lei or form hand_over or cmd hand_over or cmd add_person
verdict | called 110 already | ask olice or form filing
verdict | reported to 12387, ref 20260331-0088 | filing 20260331-0088 or form phone_report or form filing or ask Record
verdict | send me the docx | view download or view text
verdict | this might be a state secret | ask ecret
verdict | cause: weak password on the bastion host, we think | cmd fill_field
verdict | direct loss about 3 million rmb | fact direct_loss_cny=3000000 or range direct_loss_cny 3000000 or ask 3
verdict | all handled, we can wrap up | ask andl or form end_handling or ask clos
verdict | close the case | ask lose or form close
verdict | good job everyone 🙏 | silent or note
verdict | attacker IPs 203.0.113.7 and 198.51.100.23 | note or ask IP or ask ttacker
verdict | [ALERT] severity: critical\nhost: shop-db-02\ntime: 2026-03-31 08:41:19\nmsg: egress anomaly 1.2GB/5min | ask 08:41
verdict | can somebody approve the draft | view draft or view people or note or ask pprov or form request_approval or view text or cmd request_approval
`;
