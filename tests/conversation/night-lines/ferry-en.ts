/**
 * Lines by another stranger, who saw neither the reader nor the earlier tables (1 Dec 2026), as people write them on a ferry:
 * `state | line | end | also`. Kept from the model of topics at first: 144 of 160 ended as wanted, where a form, a button or
 * a read-back of the product stands for a record. The model has learned from them since.
 */
export const FERRY_EN = `
system | its the shop, checkout page gives 502 for everybody | fact system=shop
system | Stock system only. shop is fine I just ordered socks to test | ask system: 进销存系统 or fact system=erp
system | second button pls, my phone not showing them properly. the stock one | ask system: 进销存系统
system | both lah, shop and the stock system share the same db host | ask system: 网上商城
system | hi all this is Prakash from the outsourced infra desk, affected asset is the online store front end, ticket INC0048812 | ask system: 网上商城
system | neither, it is the member app | ask Another system
system | we see since 0905 encrypted files ending .lockd on stock server, i got the alert myself 0905 | aware 31T09:05
system | Could be the stock system, I am not in front of my laptop | ask system: 进销存系统
system | um so I think it's the uh the web shop thing but don't quote me on that | ask system: 网上商城
system | the thing where customers pay?? | ask system: 网上商城
system | Jie says members can't log in so maybe app maybe shop who knows | ask system: 网上商城
system | what happens if i pick the wrong one | view question or ask question or ask undo
system | before anything, how long do we have to tell the regulator?? | view status
system | sorry who is this bot and why is it asking me things | view help
system | false alarm guys, it was the pen test team. pls close this | cmd withdraw_declaration
system | I'm boarding in 10 min, Li Wei please take over from me here | cmd hand_over or ask take over
system | the shop had trouble in February too, remember that CDN mess | note or silent
system | good morning from Hamburg, here is 3:50 in the night, what I have missed? | silent or silent
system | not the stock system, that I have checked twice | note
system | who has the VPN token, mine is expired again 😤 | silent
awareness | 9:12, monitoring alert on my phone | aware 31T09:12
awareness | We have been informed by our hosting supplier at 8.40 o'clock by mail | aware 31T08:40
awareness | customer called hotline twenty past nine, I took the call myself, she saw another person's orders | aware 31T09:20
awareness | first I know of it was 0855 when Chen Jie rang me | aware 31T08:55
awareness | no no not 9:30, 9:20. sorry fat fingers. that's when the alert came in to us | aware 31T09:20
awareness | we learned about this yesterday night 23:10, wang lei saw the email from the blackmailer, nobody told me until now | aware 30T23:10
awareness | half an hour ago exactly, at 9:20, SOC alert. my watch was on it | ask 9:20 or aware 31T09:20
awareness | around nine ish | ask Known since: 09:00
awareness | log says first bad login 07:48:13 | ask Known since: 07:48 or note
awareness | I heard from someone in the warehouse that they noticed it before 8 already | ask Time of awareness or form awareness or note
awareness | okay so um I woke up I saw like six missed calls the first one was maybe eight forty something | ask Known since: 08:40
awareness | does it count when the outsourcer knew or when WE knew? | view question
awareness | can i change the time later if the mail server log shows different | view question or ask question
awareness | undo that, i typed the wrong group | ask Undo
awareness | Bot, please to remind us 15 minutes before the deadline | ask snooz
awareness | what if we already over the one hour | view law or ask law or ask countdown
awareness | Min can you check what the contract says about the supplier notifying us | note or silent
awareness | last time we had this in November it was also a Monday night, same vendor | note or silent
awareness | I will be at the office at 10:15, traffic on Yan'an elevated is terrible | silent
awareness | haha the coffee machine learnt of it before management did | silent
type | ransomware. there is a note on the desktop asking 2 btc | fact incident_type=malware.ransomware
type | DDoS confirmed by Aliyun, 40 Gbps peak | fact incident_type=attack.denial_of_service
type | it is an intrusion, they have web shell in the upload folder, I am looking at it now | ask Compromised host or fact incident_type=attack.compromised_host
type | somebody changed the homepage to a skull picture so.. defacement I guess you call that. yes defacement | fact incident_type=attack.defacement
type | Not attack! Disk is full, plain fault, our own mistake | ask Operating mistake or ask failure
type | data leak. names, mobile numbers and delivery addresses are for sale on a telegram channel, I verified 5 records against our db | fact incident_type=data.leak
type | phishing -> then stolen admin password -> then they are in. finance lady clicked at 8:15 she admits | ask Phishing
type | smells like ransomware to me | ask Ransomware
type | maybe it's only a bad deploy? Kevin pushed something at 8 | ask Technical failure
type | data might have walked out the door, cant exclude | ask Data leak
type | Defender shows Trojan:Win32/Emotet on POS-07, could be false positive as usual | ask Trojan horse
type | what is difference between intrusion and malware in your list | view question
type | can I choose two? | view question
type | skip this for now we don't know yet | ask Don
type | Show me what you have so far pls, just joined | view catchup
type | police have been informed, spoke to officer Xu at Changning cyber unit 9:41 | ask olice
type | definitely no ransomware, no file is encrypted | note
type | if it were ddos the firewall would scream, it is quiet | note
type | Wang Lei pls don't reboot anything until forensics has the image!!! | note or silent
type | our german customers had such a thing with log4j, was no fun | silent or note
people | 12,400 members, counted in the db just now | fact personal_info_people=12400
people | exactly 873 persons after de-dup | ask 873 or fact personal_info_people=873
people | 1.2 million user accounts with personal data are in the dump, query finished | fact personal_info_people=1200000
people | thirty five thousand two hundred customers, Chen Jie confirmed from CRM | fact personal_info_people=35200
people | zero. there's no personal data on that box at all, only pallet numbers | ask 0 people or fact personal_info_people=0
people | 8.6w people (w = ten thousand, sorry habit) | ask 86,000 or fact personal_info_people=86000
people | correction to my earlier message: not 50k, 15k customers are affected | ask 15,000 or fact personal_info_people=15000
people | 2 lakh customers, all with phone and aadhar type id number, I ran the count | fact personal_info_people=200000
people | few thousands I would say | ask 2,000 to
people | the table has 310552 rows but one person can have many rows | ask 310,552
people | between 40 and 60 thousand persons, more we can not say at the moment | range personal_info_people 50000
people | the hacker claims 3 million. we don't even have 3 million customers lol | ask 3 million or note
people | why u need this number, what changes if its above 1 million | view why or ask why
people | ok I dunno, can we report without this and add later? | ask Don
people | bot how much time left | view status
people | assign this question to Wang Lei he has db access | cmd hand_over or ask take over
people | Export what we have to word please, legal in Singapore wants to read | view download
people | I have run SELECT COUNT(*) and it is still running since 10 minutes, replica is slow like a snail | note
people | we had 20,000 affected in the 2024 case and the fine was painful | note or silent
people | 3 people on sick leave today, of course | silent
ongoing | still going on, attacker session alive as I type | running ongoing
ongoing | stopped at 9:33, we pulled the plug on the server | form ongoing
ongoing | from 08:05 to 09:25, now it is over. traffic normal | span ongoing 08:05 09:25
ongoing | ongoing since 7:30 this morning, no end yet | running ongoing
ongoing | It has finished. We blocked the IPs and since 0940 nothing comes in anymore | form ongoing
ongoing | yes still | running ongoing
ongoing | still encrypting files on the second node wtf, stock system, wang lei isolate it NOW | ask Still going on or running ongoing
ongoing | should be over i think?? | form ongoing or ask Since when
ongoing | logs going back to 28 march show same user agent, may be he was inside since saturday | form ongoing or ask Since when or note
ongoing | cloudflare dashboard looks calmer now but don't trust it | form ongoing or ask Since when or note
ongoing | it come and go, every 10 minutes a new wave, last one I saw 9:44 | ask Still going on or running ongoing
ongoing | who must call 12387, me or Zhao Min? | view people
ongoing | ask me again in 20 min | ask snoozing reminders for 20 minutes
ongoing | please send the draft of first report to me, I want read before flight | view text
ongoing | i'm off shift, handing this to Rajesh from the day team, he's in the group | form people
ongoing | scrap my last answer, it's not stopped, still running | ask Still going on or running ongoing
ongoing | we will cut the internet line at 10 sharp if legal agrees | note
ongoing | don't know whether it continues, can't reach the data centre guys | note
ongoing | my mother asks why her order is not delivered 🤣 | silent
ongoing | Thank you everyone for the hard work, really appreciate | silent
outage | 47 minutes, 8:51 till 9:38 | span site_outage_minutes 08:51 09:38
outage | site down since 9:05, still down | running site_outage_minutes
outage | an hour and a quarter in total, measured by pingdom | fact site_outage_minutes=75
outage | no downtime at all. shop was reachable the whole night | fact site_outage_minutes=0
outage | down 08:10, back up 09:40, so that makes ninety min | span site_outage_minutes 08:10 09:40
outage | it was 1h20m not 2h, I looked in the uptime graph again | ask 1 h 20 min or fact site_outage_minutes=80
outage | shop went dark at quarter past eight and came back at ten to nine, I was watching it | span site_outage_minutes 08:15 08:50
outage | roughly forty minutes, give or take | ask 40 min
outage | customers are complaining since about half eight they can't open it | ask 08:30
outage | feels like 2 hours but i also just woke up | ask 2 h
outage | someone from warehouse said the scanners were offline one hour | ask 1 h
outage | slow counts as down or no? | view question
outage | can you calculate minutes yourself from 8:51 to 9:38 | ask 08:51 or ask 47 min
outage | I called 12387 already, 9:46, they gave me a reference no. 310088 | form phone_report
outage | wait go back one question, the people number is wrong | ask Undo
outage | Is the clock running now or does it start when I press something | view status
outage | loss so far is 86,000 yuan in orders, finance calculated that | fact direct_loss_cny=86000
outage | planned maintenance this sunday 2 to 4 am should be cancelled then | note or silent
outage | the 30 min SLA with the hoster is a joke, they never keep it | silent or note
outage | when will it be up again?? store managers are killing me | note or silent
judgement | serious. my decision as CISO | form judgements
judgement | I'd go with fairly serious, you can put my name on it | form judgements
judgement | none, no threat to anybody outside | form judgements
judgement | Particularly serious!! they have the payment keys | form judgements
judgement | Zhao Min and me agreed on the phone: serious, not particularly serious | form judgements or ask Judgements
judgement | we downgrade to fairly serious, backup is complete and restore tested | form judgements
judgement | by the way data leaked includes bank card numbers and birthdays, seen in the sample file | ask Kinds of personal or ask Data leak or note
judgement | pretty bad I would say | form judgements
judgement | my gut says serious but let Li Wei decide | form judgements or ask Judgements
judgement | for me it's a nothing burger tbh | form judgements or ask Judgements or ask Declared by mistake
judgement | if keys are really stolen then particularly serious, otherwise not so much | form judgements
judgement | what does particularly serious mean in the regulation, can you quote it | view question
judgement | Who is allowed to decide this? I am only contractor | view people
judgement | Li Wei should answer that, pls ask him and not me | cmd hand_over or ask take over
judgement | can we take it back if it turns out harmless | view question or ask Undo
judgement | gimme the summary in 3 lines, the board calls in 5 | view catchup or ask catchup
judgement | serious question: has anybody eaten breakfast | silent
judgement | last years incident was judged serious and everyone laughed at us | note or silent
judgement | This is not the moment for guessing. We wait until forensic is finished. | note or silent
judgement | ok sorry i was on mute in the other call | silent
verdict | haven't told police yet, will do after approval | note
verdict | Police informed at 9:48, Huangpu branch, case accepted | ask olice
verdict | i approve the first report. send it | cmd approve or ask no such draft
verdict | report filed by the web portal, receipt number WX-20260331-17 in hand | form filing
verdict | hotline done. talked to a Ms Tang on 12387, she noted everything, 9:52 | form phone_report
verdict | people number went up, final count from dba is 104,300 persons | fact personal_info_people=104300 or ask 104,300
verdict | attack over since 9:45, firewall vendor has confirmed and I see it also | form ongoing or ask 09:45
verdict | shop is back online as of 09:49, was down 38 minutes in total | form ongoing
verdict | I think someone from Suzhou office already rang the police | ask olice
verdict | Did Jie call the 12387 already? she said something like that | form phone_report or ask Reported by phone or note
verdict | damage maybe half a million rmb, very rough | range direct_loss_cny 500000 or ask 450,000
verdict | could be more like 20k users than 12k, dba is rechecking | range personal_info_people 20000 or ask 18,000
verdict | why major?? explain to me like I am five | view why
verdict | Pls show draft in chinese and english both | view text
verdict | what do I say on the phone when I call them, is there a script | view script
verdict | when is the follow up report due, and the final one? | view status
verdict | hold on with filing, legal is not ok with paragraph two | closed or note
verdict | Do we also have to tell the customers or only the authority? | view owed
verdict | major my foot. the Frankfurt outage was major, this is a hiccup | note or silent
verdict | cheers bot, you're calmer than all of us together | silent
`;
