/** English lines of a stranger who had never seen the bot, at first sight 90 of 100 of them ended as wanted. */
export const CELLAR_EN = `
system | webshop. only webshop, app talks to other backend and thats fine | ask system: 网上商城 or fact system=shop
system | the jinxiaocun thing, stock | ask system: 进销存系统
system | customers cant log into the member app, so take "another" and write member app | ask Another
system | honestly could be the stock db too, they share the same host no? | ask 进销存
system | I'd put money on the shop but Wang Lei hasn't looked yet | ask system: 网上商城
system | both. shop AND stock. same ransom txt on both boxes | ask 进销存
system | not the shop!! shop is clean i just checked the hashes. its Stock | ask system: 进销存系统
system | how long have we got before the cyberspace people need to hear from us | view status
system | who put me in this group its my day off lol | silent
system | @Wang Lei which box is 10.20.3.14 again, shop-db or the old one? | silent
system | last october it was also the stock system and turned out to be a full disk | note
system | Hang on pls I am still in the metro, two stations | silent
system | false alarm guys, that was the pentest team. cancel this | cmd withdraw_declaration
system | "Your files are encrypted. Do not rename" <- this is on the stock server desktop right now | ask Ransomware
awareness | 0912 zabbix went red and I saw it straight away, thats the first any of us knew | ask Known since: 09:12 or aware 31T09:12
awareness | Customer rang Chen Jie at five past nine, thats how we found out | aware 31T09:05
awareness | no, 9.20 not 9.12, I looked in my call log now. first I heard of it was 9.20 | ask 09:20
awareness | around half eight-ish? maybe bit later, I was making coffee | ask Known since: 08:30
awareness | mail from alibaba cloud security, time stamp 08:47, but nobody opened it till I came in at 9:15 | ask Known since: 08:47
awareness | yesterday evening already one customer has complained on wechat that strange sms is coming, but we did not connect the dots | form awareness or ask 30 Mar
awareness | Wir haben.. sorry. we learned it from the hoster, phone, today quarter to nine | aware 31T08:45
awareness | does the clock start when the alert fires or when someone actually reads it? | view question
awareness | twenty minutes ago chen jie got told by a customer, she pinged me the same second. nothing before that | ask Known since: 09:32
awareness | pls do one thing, kindly remind me every 15 min about the deadline | ask snoozing reminders for 15 minutes
awareness | the cron job starts at 9:00 every day just fyi | note
awareness | undo that last one, i typed it in the wrong chat | view answers or ask Correct
awareness | 110 has been told, officer Sun took the report at 9:41. | ask Suspected crime, police informed
awareness | Attackers got in on saturday night acc. to the auth log. We only found out today 8:58, by the EDR alert | aware 31T08:58
type | leak. the whole user table is on telegram, I downloaded the sample and found my own row | ask Data leak
type | ddos i think?? traffic graph looks like a wall | ask Denial of service
type | Definitely no ransomware. no note, no encrypted files, nothing | note
type | homepage shows a skull and some greetings from "z3r0crew" haha. so defacement | fact incident_type=attack.defacement
type | finance lady clicked the fake DHL link and typed her pw, its phishing, and yes she told me herself | fact incident_type=attack.phishing
type | It was our own deploy. Wang Lei pushed wrong nginx conf, no attacker, just a fault | ask Technical failure
type | someone uploaded a webshell in /upload/img, so intrusion, put that | ask ompromised
type | could also be malware, virustotal gives 4 of 70 | ask Other malware
type | whats the difference between intrusion and leak for you? if both what do I pick | view question
type | if this is ransomware again I quit | note
type | first I said DDoS, scrap that. these are real ransom notes, LockBit, every folder | ask Ransomware
type | phone numbers and delivery adresses are in the dump, no cards no passwords | ask Data leak
type | brb need charger | silent
type | I will send the logs to the vendor after lunch, they can say what kind it is | note
people | 48,210 rows, one row per member, all with mobile no. count(*) just finished | ask 48,210
people | 1.2 lakh customers are affected, confirmed from DB team | ask People whose personal information has le
people | 3万2 accounts, distinct, I ran it two times | ask People whose personal information has le
people | somewhere between 80k and a hundred k, dont nail me on it | ask People whose personal information has le
people | none. zero personal data on that box, its only SKUs and pallets | ask People whose personal information has le
people | we have ca. 600.000 members in total but how many are in the dump I can not say yet | ask 540
people | the hacker brags "2 million users". we don't even have that many lmao | ask People whose personal information has le
people | make it 5300 not 53000, one zero too much sorry | fact personal_info_people=5300
people | do employees count as well or only customers? | view question
people | only the 412 people who ordered since midnight are hit, list is in my hand | ask 412
people | legal wants to know what u have so far, can you sum it up | view catchup
people | zhao min pls dont post customer names in here thx | silent
people | Wang Lei said sth about eleven thousand but he was talking to someone else so idk | ask People whose personal information has le
people | no idea, skip this for now and ask me later | ask People: Don’t know
ongoing | still going, I see the ip pulling data right now in the access log | ask oing on, since 09:20 or running ongoing
ongoing | stopped. pulled the plug 9:33, nothing since | form ongoing
ongoing | it has begun at 02:10 in the night and is running till now | ask oing on: since 02:10, still going on
ongoing | looks quiet now, maybe he went to bed | form ongoing
ongoing | should be over since Wang Lei blocked the range, or? | form ongoing
ongoing | is anybody else's vpn dead | silent
ongoing | I'm out from 10, hand it over to Wang Lei please, he leads from there | cmd hand_over or cmd add_person
ongoing | From 07:55 to 08:40 shop was under attack per WAF report, after that zero hits | span ongoing 07:55 08:40
ongoing | ok thx bot | silent
ongoing | I'll cut the db link in ten min when the orders are drained | note
ongoing | Called 12387 just now, lady noted it, no number given | form phone_report
ongoing | when does the 1h run out exactly, give me wall clock time | view status
ongoing | he's back!!! new sessions from same ASN as of 9:47, so no, not over | ask oing on: since 09:47, still going on
ongoing | the gf of the intern says on weibo ppl already write about us | note
outage | 37 mins down, 8:51 till 9:28, pingdom says | ask Site outage caused by an attack or fault
outage | not down at all, only slow like hell | ask Site outage caused by an attack or fault
outage | an hour and a half so far and still a 502 | ask 1 h 30 min
outage | since 9 sharp the site is dead, it's not back yet | running site_outage_minutes 09:00
outage | felt like forever. half an hour I guess | ask Site outage caused by an attack or fault
outage | probly 2h, statuspage isn't loading so cant check | ask Site outage caused by an attack or fault
outage | Sales says we lose 40k rmb per hour when the shop is off, rule of thumb from 618 | ask Direct economic loss (RMB): 40,000 RMB
outage | 8:30 to 9:10.. wait no 9:15, checked in grafana. that was the whole downtime | ask 09:15
outage | why do you need the minutes, isnt it enough that it was down | view why
outage | back up!! finally | form ongoing
outage | last friday we had a planned downtime of 20 min, dont mix that in | note
outage | Chen Jie please tell the customers we do "maintenance", nothing else | note
outage | gimme the draft so far in word, boss wants it on paper | view download
outage | we refunded 23,600 yuan this morning for the double charges, finance confirmed | ask Direct economic loss (RMB): 23,600 RMB
judgement | serious. that's my call and I stand by it - Li Wei | form judgements
judgement | particularly serious, please note it as decided by me and Zhao Min | form judgements
judgement | none imo but ask legal | form judgements
judgement | fairly serious would be the right box I suppose, Zhao Min ok for u? | form judgements
judgement | lol serious question: who brings breakfast | silent
judgement | what counts as particularly serious? give an example | view question
judgement | take the lowest one, there is no threat, it was only a test db with fake names. I decide this | form judgements
judgement | the press has called twice, that makes it serious or not | form judgements or note
judgement | pls change system, its the stock one and not web shop, wrong tap before | ask 进销存
judgement | have not told the police yet, will do it after this call | note
judgement | show me the wording before anything goes out | view text
judgement | I don't want to judge that alone, I'm only customer service | note
judgement | He wants 3 btc. we wont pay | note
judgement | whoever finds the switch for the server room light gets a beer from me | silent
verdict | who is supposed to ring 12387, me or Zhao Min? | view people
verdict | first report looks good from my side, approved. Zhao | ask draft
verdict | Major?? how did you come to that | view why
verdict | filed it on the portal 9:49, receipt no. 2026-0331-0077 | form filing
verdict | new number from the dba, it's 1,04,500 people and not 90k. final | ask 104,500 or fact personal_info_people=104500
verdict | might be id card numbers in there as well, sb is grepping | ask Kinds of personal
verdict | can u nudge me at 10.30 so I dont forget the second report | ask snoozing
verdict | the CAC folks are usually nice on the phone, no panic | silent
verdict | Direct damage till now 1.8 mio RMB, CFO signed it off | ask Direct economic loss (RMB): 1.8 million
verdict | need an english version for HQ in Munich too | ask English
verdict | great job everyone, in spite of everything | silent
verdict | do we also have to inform the customers themselves and until when | view owed
`;
