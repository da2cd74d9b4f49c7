/**
 * Lines by a tenth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them in a
 * tunnel: `state | line | end | also`. Kept from the model of topics at first: 93 of 110 ended as wanted, where a form, a button
 * or a read-back of the product stands for a record. The model has learned from them since.
 */
export const TUNNEL_EN = `
system | its the shop. the web shop, not stock | fact system=shop
system | stock sytem is toast, nobody in the warehouse can log in | ask system: 进销存系统
system | member app too now, wang lei just confirmed it on his own phone | ask Another
system | Subject: FW: ransom note on WMS-DB02 -- "your files have been encrypted by us" thats from the stock system box | ask ansomware or ask 进销存
system | Web shop. Found out at 8:40 this morning when a customer rang chen jie | aware 31T08:40 | system
system | shop i guess?? or the app, they share the login thing | ask 网上商城
system | prob the stock one since its the one noone ever patches lol | ask system: 进销存系统
system | could it be the payment page only | note or ask 网上商城
system | wait who are you and why are you asking me this | view help or view question
system | how long have we got before we must tell the regulator | view status
system | can i add a second system later or is it one only | view question
system | @Wang Lei pick up your phone!! | silent
system | stock system is fine btw, just placed a test order through it | note
system | we had the same thing with the shop in november remember | note or silent
awareness | 9.05 our time, SIEM alert, i was the one on shift | ask Known since: 09:05
awareness | I first heard about it at twenty past nine, mail from the hosting supplier | aware 31T09:20
awareness | no not 9:20, 9:02. mail says 9:02 i misread | ask Known since: 09:02
awareness | chen jie got the first call 0847 and told us right away in here | ask Known since: 08:47 or aware 31T08:47
awareness | alert came in yesterday 23:50, on-call acked it at 23:52 and then went back to sleep apparently | aware 30T23:50 or ask Known since: 30 Mar 23:50
awareness | Knew abt it since half an hour ago roughly | ask 09:22
awareness | sometime after 8, was on the metro | ask 08:00
awareness | I have 23:15 in the logs but that's UTC, and its the attackers first login not when we noticed | note or form ongoing or ask oing on
awareness | does it count when the tool knew or when a human knew? | view question
awareness | undo that pls, i typed the wrong time | ask ndo
awareness | zhao min should answer this one not me, can you ask her | cmd hand_over or ask Zhao Min
awareness | @chen jie do you still have the call record from that customer | silent or note
awareness | coffee. need coffee | silent
awareness | my flight lands 11:30, will join then | silent
type | ransomware. 100%. there's a note on every share | fact incident_type=malware.ransomware
type | Its a DDoS, Alibaba cloud shows 60 Gbit hitting the front end | fact incident_type=attack.denial_of_service
type | customer table was dumped, it's for sale on a forum with our real order nos. so data leak | fact incident_type=data.leak
type | no one hacked anything, a disk controller died. plain hardware fault | ask ailure
type | homepage says HACKED BY G0ATZ with a skull, defaced since 9:10 | ask tampering
type | smells like phishing to me, lisa in finance clicked smth on friday | ask Phishing
type | might be a leak might just be someone bragging, havent seen a sample | ask leak
type | vendor reckons webshell but they havent sent any proof | ask Planting of a backdoor
type | what's the difference between intrusion and malware in your list | view question
type | bot we rang the police at 9:30, officer name Sun, put that in | ask olice
type | summary so far pls i just woke up | view catchup
type | its definitely NOT ransomware, shares open fine | note or silent
type | "We take the security of your data seriously" hahaha | silent
type | Last year's was ddos, the insurer still hasn't paid us | silent or note
people | 12,400 members. counted from the dump, distinct phone nos | fact personal_info_people=12400
people | 1.3 million users affected, wang lei ran the query twice | fact personal_info_people=1300000
people | zero. no personal data on that server at all, checked with the dba | ask People whose personal information has leaked: 0 people
people | about 30k customers, names + phones + delivery addresses, no cards | range personal_info_people 30000 or ask 27,000 to 33,000 people
people | Correction from legal: 86,215 individuals affected, please disregard my earlier 68,215 | fact personal_info_people=86215 or ask 86,215
people | 8w or so? not sure how to say wan in english | ask 80,000
people | somewhere btw fifty and ninety thousand ppl | range personal_info_people 70000 or ask 50,000 or ask 90,000
people | 4.7 | ask 47,000 people
people | table has 2.1m rows but thats orders, same guy orders 10 times | note or ask 2.1 million
people | skip this one we wont know until noon, next question | ask People: Don’t know
people | remind me at 10:15 to get the count from the DBA | ask snoozing reminders for 23 minutes
people | Does an employee count as a person here or only customers? | view question
people | how should I know, I do the phones | silent or note
people | thx wang lei you're a hero | silent
ongoing | still going, new files getting encrypted as we speak | ask Yes or running ongoing
ongoing | stopped. blocked the IP at 9:33 and nothing since | form ongoing
ongoing | it ran from 3:20am till 8:05am today acc. to the waf log, over now | span ongoing 03:20 08:05
ongoing | since sunday evening 19:40, and hes still in there, i can see the session | running ongoing
ongoing | yes it still goes on. and we have lost 45,000 rmb in fake refunds so far | fact direct_loss_cny=45000
ongoing | think its over? traffic looks normalish | form ongoing
ongoing | could've started over the weekend tbh | form ongoing
ongoing | Chen jie says a customer says it works again for him | note
ongoing | im pulling the plug on db01 in 5 unless someone screams | note
ongoing | who has to report this, us or the mother company? | view owed
ongoing | show me the draft as it stands | view text
ongoing | Can you export all of this to word, the auditors want a file | view download
ongoing | don't restart ANYTHING until the images are taken | silent or note
ongoing | is this guy from the outsourcing even awake | silent
outage | down 95 min, 7:50 to 9:25 | span site_outage_minutes 07:50 09:25
outage | site's been offline since 08:30 and isnt back yet | ask Site outage caused by an attack or fault: since 08:30, still going on
outage | an hour and a quarter in total, per the uptime robot | ask Site outage caused by an attack or fault: 1 h 15 min
outage | never went down. slow but up the whole time | ask Site outage caused by an attack or fault: 0 min
outage | Back up at 9:41!!! shop loads again for me, for chen jie, and for monitoring | form ongoing
outage | "[CRIT] web-01 DOWN 06:12:44 / [OK] web-01 UP 06:49:10" | ask 06:12 to 06:49
outage | 40ish? could be 50 | ask 40 min or form ongoing or ask utage
outage | went dark around breakfast, cs got flooded | note or form ongoing or ask utage
outage | does planned maintenance from 6 to 7 count in that number | view question
outage | ok false alarm everyone, it was my own load test. close it | cmd withdraw_declaration
outage | I rang 12387 already, 9:44, spoke to a lady, she took it down | form phone_report
outage | every minute down is 8 grand according to the boss, no idea where he gets that | note or ask oss
outage | we'll put up a maintenance page by 10 | silent or note
outage | omg the hold music in the queue | silent
judgement | serious. my call, li wei | form judgements
judgement | I'd put it at "fairly serious" and I'll sign for that | form judgements
judgement | particularly serious, agreed with zhao min on the phone just now | form judgements
judgement | No threat. test data only, box was isolated | form judgements
judgement | id numbers and bank cards of the members are in the leaked file, i opened it myself | note or ask eak or cmd fill_field
judgement | serious or fairly serious, toss a coin | form judgements
judgement | legal would prob say serious, ask her | form judgements
judgement | seriously?? another form | silent
judgement | what would 'fairly serious' mean for our deadline, 1h or 4h? | view question
judgement | im not allowed to decide that. pass to Li Wei | cmd hand_over or cmd add_person or ask Li Wei
judgement | Go back one, I need to change the number of people | ask ndo or view answers
judgement | the press has not picked it up so far, fingers crossed | note
judgement | sb in the owners chat wrote that it's "not that serious", he doesnt even work here | note or silent
verdict | that can't be right, it's 3,100 people not 31,000. i typed one zero too many | fact personal_info_people=3100 or ask 3,100
verdict | police know. case no. given to me at 9:46 by the Pudong cyber unit | ask Suspected crime, police informed
verdict | attackers want 3 BTC by tomorrow noon, it's in the note they left on the stock servers | note or ask Ransomware
verdict | losses are 210k yuan up to now, finance confirmed in writing | fact direct_loss_cny=210000
verdict | I think the police might have been told by the mall people | ask Suspected crime, police informed
verdict | could be a few hundred thousand in damage, finance still adding | ask Direct economic loss (RMB): 200,000 RMB to under 1 million RMB
verdict | why Major? explain like im five | view why
verdict | approved from my side. send it | ask draft or cmd approve
verdict | who dials 12387, me or zhao min, and what do i say | view script
verdict | nobody's called the hotline yet, whats left to do | view next or view checklist or view status
verdict | Do not file before I've read it. Am in a cab, 10 min | note
verdict | ok good work all, lunch is on me | silent
verdict | HQ in Munich says they need it in german by their morning, not our problem rn | silent or note
`;
