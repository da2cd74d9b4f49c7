/**
 * Lines by a ninth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them in a
 * garage: `state | line | end | also`. Kept from the model of topics at first: 88 of 110 ended as wanted, where a form, a button
 * or a read-back of the product stands for a record; none was recorded wrong. The model has learned from them since.
 */
export const GARAGE_EN = `
system | its the shop. checkout and login both hit | fact system=shop
system | stock sys not the shop, shop is fine i just ordered something | ask 进销存
system | neither of those two, it's the member app backend | ask system: Another system
system | both tbh.. shop + stock sit on the same db and the db is what got hit | ask system: 网上商城
system | got a mail from aliyun security center 9:12 "abnormal login", thats how we found out | aware 31T09:12
system | could be stock but the shop pulls everything from it so hard to say | ask system: 进销存系统
system | I think is the ERP side, warehouse people can not log in | ask system: 进销存系统
system | oops fat finger. take back what i tapped | ask undo
system | how long do we have?? | view status
system | can i pick two or only one | view question
system | @Wang Lei you check which one pls, you have the vpn | silent
system | last year stock also died exactly on quarter end lol | note or silent
system | sorry in the metro, bad signal | silent
system | whats running on 10.2.8.14? anyone has the asset list | silent or note
awareness | First saw it 8:47, grafana alert on my phone | aware 31T08:47
awareness | Chen Jie got a customer call at ten past nine, before that nobody knew anything | aware 31T09:10
awareness | no no 9:20 not 9:02. suppliers mail came 9:20 and thats the first we heard | aware 31T09:20
awareness | we knew since last night actually, 23:35, Zhang from the hosting phoned me. went back to sleep, sorry | ask 23:35 or aware 30T23:35
awareness | there is a ransom note on the desktop of the stock server, every file ends with .locked | ask Ransomware
awareness | maybe half 8? i was brushing my teeth | ask 08:30
awareness | some customer told CJ around 9 i heard, better ask her | ask 09:00
awareness | log says first bad request 03:14:22 but nobody looked at it until now | note or ask 03:14 or running ongoing
awareness | does it count when the alert fires or when a human reads it? | view question
awareness | what deadline would we get if I say 8:50 | view status or view clocks
awareness | wait, change that to 09:05, I misread my call list | aware 31T09:05 or ask 09:05
awareness | Thanks Chen Jie for picking up so early 🙏 | silent
awareness | she screamed at me 10 minutes straight 😭 never again | silent or note
awareness | the alert mails go to a mailbox nobody reads, I told you guys in January | silent or note
type | data leak. someone is selling our member table on telegram | fact incident_type=data.leak
type | not ransomware, nothing is encrypted. they got in thru the old jenkins so intrusion | ask Compromised host
type | DDoS, 40 Gbps on the WAF dashboard, only the shop domain | fact incident_type=attack.denial_of_service
type | homepage shows a skull and "hacked by xx". defacement then | fact incident_type=attack.defacement
type | Phishing 100%. girl from finance clicked the link and typed her password in | fact incident_type=attack.phishing
type | smells like credential stuffing, thousands of logins out of one /24 | ask Credential attack
type | xmrig running as www-data, cpu 100% | ask Mining malware
type | perhaps just a fault? Wang pushed a release this morning haha | ask ailure
type | whats the difference intrusion / malware for you | view question
type | false alarm guys!! was the pentest vendor, I have them on the line, confirmed | cmd withdraw_declaration
type | undo, I meant ddos | fact incident_type=attack.denial_of_service or ask Denial
type | "Dear customer, all your f…" cant read the rest, screenshot is cut | note or silent or ask ansom
type | not my area, engineer should say | silent
type | please nobody write "hack" in the customer group before Legal agree | silent or note
people | 128,400 members in the dump, I counted distinct phone no | fact personal_info_people=128400
people | 12w people, all with phone and home address | fact personal_info_people=120000
people | nobody. that table is test data, checked every row, zero real persons | ask People whose personal information has leaked: 0 people
people | no bank cards leaked, only names mobiles and order history | note or ask eak or cmd fill_field
people | correction: 86k people, I had the duplicates in twice | fact personal_info_people=86000
people | id card numbers are in it too, Zhao Min opened the sample herself | note or ask eak or cmd fill_field
people | 3 million?? thats what the seller claims, those guys always lie | ask People whose personal information has leaked: 2.7 million to 3.3 million people
people | less than a thousand i guess | ask People whose personal information has leaked: under 1,000 people
people | 15 customers called so far because of it | silent or note or ask People whose personal information has leaked: 15 people
people | can we leave this open and fill in later | ask People: Don’t know
people | pls remind me in 20 min, the query is running | ask snoozing reminders for 20 minutes
people | do staff of our supplier also count as people here | view question
people | we have 2.1m members in total but how many are in the leak, no idea | note or ask People whose personal information has leaked: 2.1 million people
people | select count(distinct uid) from… 4th minute already, come on | silent or note
ongoing | still going, traffic not dropping at all | ask Yes or running ongoing
ongoing | stopped 9:38 when Wang Lei pulled the cable | form ongoing
ongoing | from 3:10 am til 7:25 am per nginx log, nothing after | span ongoing 03:10 07:25 or ask 03:10 to
ongoing | since Sunday 22:00 says the firewall log, and it has not stopped | running ongoing
ongoing | yes still. also I went to the police station in Zhangjiang 9:30, officer took it down | ask olice
ongoing | looks quiet now but they could have left a backdoor | form ongoing
ongoing | i *think* it ended when we blocked the IP, 9:15ish | form ongoing
ongoing | should be over by 10 if the patch works | note or silent
ongoing | summary pls, just joined | view catchup
ongoing | handing over to Wang Lei, my plane is boarding | cmd hand_over or cmd add_person
ongoing | 12387 is called, they gave us no. 20260331-07 | form phone_report
ongoing | cant tell, EDR console does not load for me | silent or note or ask Ongoing: Don’t know
ongoing | switch off the whole thing?? boss will kill us | silent
ongoing | @Li Wei do we pull the plug or not | silent
outage | 47 min, 8:20 to 9:07 | span site_outage_minutes 08:20 09:07
outage | down since 9:01, still 502 | running site_outage_minutes
outage | site never went down, only slow | ask Site outage caused by an attack or fault: 0 min
outage | one and a half hours, it came back 9:40 | span site_outage_minutes 08:10 09:40
outage | checkout dead for 35 mins, browsing was ok the whole time | fact site_outage_minutes=35
outage | half an hour or so? | ask Site outage caused by an attack or fault: 30 min
outage | maybe from 8 on, my wife couldnt order then | ask 08:00 or ask utage or form ongoing
outage | finance says roughly 400k RMB of orders gone | ask Direct economic loss (RMB): 360,000 RMB to 440,000 RMB
outage | who must report this, us or the hosting company? | view owed
outage | show me the draft | view text
outage | stop the reminders for a while pls, my phone explodes | ask snoozing reminders for 15 minutes
outage | heads up we restart nginx in 10 min so again 502 for a moment | note or silent
outage | uptimerobot screenshot coming sec | silent
outage | last Tues was 3 hours so this is nothing 😂 | note or silent
judgement | serious. | form judgements
judgement | particularly serious, people's ID numbers are for sale, no discussion | form judgements
judgement | none - they never touched production | form judgements
judgement | Fairly serious. Zhao Min and me agreed on the phone just now | form judgements
judgement | loss up to now 1.26 million yuan, CFO signed the figure | fact direct_loss_cny=1260000
judgement | somewhere between serious and fairly serious… | form judgements
judgement | not so serious i feel, but im no lawyer | form judgements
judgement | "extremely dangerous" wrote the guy of the security vendor | form judgements
judgement | what happens if we choose particularly serious | view question
judgement | where is it written what fairly serious means, which article | view why or view question
judgement | seriously?? at ten to ten on quarter end?? | silent
judgement | ok noted thx | silent
judgement | thats for Legal, not me. looking for Zhao Min | silent or note
verdict | wait the 5,200 people was wrong, its 52,000, lost a zero | fact personal_info_people=52000 or ask 52,000
verdict | police is informed, Wang Lei filed it online 9:35, case no A3310 | ask Suspected crime, police informed
verdict | shop is back up as of 9:44, watching it | form ongoing
verdict | think the police knows already, property mgmt phoned someone? | ask Suspected crime, police informed
verdict | Called 12387 at 9:46, talked to a Ms Qian | form phone_report
verdict | export as word, boss wants paper | view download
verdict | first report approved from my side, go ahead | ask draft or cmd approve
verdict | i'll do the 12387 call, Li Wei is driving | view script or form phone_report or cmd take_lead
verdict | is Major same as 较大? which one is higher | view why or form another_level or view question
verdict | minutes left? | view status
verdict | Major?? omg | silent
verdict | after this hotpot is on me | silent
verdict | CEO wants to read it before anything goes out | note or silent or ask pprov
`;
