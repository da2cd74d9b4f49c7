/**
 * Lines by a stranger, who saw neither the reader nor the earlier tables (1 Dec 2026), as people write them in a lobby: `state |
 * line | end | also`. Kept from the model of topics at first: 102 of 110 ended as wanted, where a form, a button or a
 * read-back of the product stands for a record. The model has learned from them since.
 */
export const LOBBY_EN = `
system | its the webshop, checkout page throws 502 | fact system=shop
system | stock sys only lah, shop is fine i just bought something | ask system: 进销存系统 or fact system=erp
system | both actually. shop AND the jinxiaocun | ask system: 网上商城
system | it is the member application which is touched, not the boutique | ask Another system
system | erp box in the warehouse encrypted, all files now .lockbit3, first saw it 8:50 this morning | aware 31T08:50
system | prob the shop db but lemme check | ask system: 网上商城
system | Wang Lei thinks the stock system might be hit as well?? | ask system: 进销存系统
system | can't rule out the app tbh, same SSO | note or note
system | wait how long have we got | view status
system | who are you and why do you need this now | view help
system | we don't know yet skip this one pls | ask system: Don’t know
system | last year it was the web shop too remember, that stupid plugin | note or silent
system | morning all, just got off the metro, reading up | silent
system | @Wang Lei which server is that on, the old one or aliyun | silent
awareness | Chen Jie got a call from a customer at ten past nine, that was the first we heard | aware 31T09:10
awareness | no no 9:20 not 9:10, i just looked at my call log. that's when the lady phoned | aware 31T09:20
awareness | waf alert 0847 this morning, i saw it right away on my phone | aware 31T08:47
awareness | I discover the alert mail at 8:55 today when I open computer, before this nobody know | aware 31T08:55
awareness | supplier rang me half eight this morning to tell us, thats when we knew | aware 31T08:30
awareness | around nine i guess? was making coffee | ask Known since: 09:00
awareness | the mail is from 2:14 am but nobody read it till we came in | ask Known since: 02:14
awareness | i think Li Wei knew already yesterday evening, ask him | form awareness
awareness | does it count from when the alert fired or when a human saw it?? | view question
awareness | remind me in 20 min to check the call log ok | ask snoozing reminders for 20 minutes
awareness | undo that, wrong time | ask Undo
awareness | attackers were in since friday apparently per the nginx logs | form ongoing or ask Since when or note
awareness | meeting room 3 at 10:15, bring laptops | silent
awareness | nobody tells me anything in this company, I learn everything from WeChat | silent
type | ransomware. confirmed, note on the desktop and everything | fact incident_type=malware.ransomware
type | its a ddos, 40 Gbps on the edge acc to aliyun console | fact incident_type=attack.denial_of_service
type | not a leak. someone painted the homepage w/ a skull, just defacement | fact incident_type=attack.defacement
type | finance girl clicked a fake DHL link and typed her password, so phishing | fact incident_type=attack.phishing
type | data leak, member table dumped, phones + addresses + names are in the dump I've seen it | fact incident_type=data.leak
type | no hack at all, disk full, plain fault. i cleaned /var and it's my fault sorry | ask Technical failure
type | smells like an intrusion to me, weird admin login from Romania | ask Compromised host
type | could be malware could be just the antivirus going mad again | ask Other malware
type | whats the difference btw intrusion and malware for the form | view question
type | False alarm!! it was our own pentest. close it | cmd withdraw_declaration
type | show me what u have so far | view catchup
type | guy on the phone says his account was "hacked" but he says that every month | note or silent
type | we should really have bought that EDR leh | silent
type | definitely not ransomware, nothing is encrypted, backups open fine | note
people | 12,400 members in the leaked table, i ran select count distinct | fact personal_info_people=12400
people | 1.2 million ppl. exact is 1 203 877 persons | ask 1,203,877 or fact personal_info_people=1203877
people | 30k customers affected confirmed by Wang Lei from the dump | ask 30,000 or fact personal_info_people=30000
people | zero. no personal data on that box, only SKUs and prices | ask 0 people or fact personal_info_people=0
people | 86万 users' data is out, checked two times | ask 860,000 or fact personal_info_people=860000
people | sorry typo, 3,500 people affected not 35,000 | ask 3,500 or fact personal_info_people=3500
people | maybe fifty thousand? the whole loyalty db if we're unlucky | ask People whose personal information has leaked: 45,000 to 55,0
people | count(*) from orders = 218934 | ask 218,934
people | not less than 10k customers i would say, could be way more | ask at least 10,00
people | Is there a threshold? From which number does it become more grave for us | view why
people | hand this over to Zhao Min, i have to catch a plane | cmd hand_over or cmd add_person
people | in the 2023 thing it was 8000 members and legal went nuts | note or silent
people | @Wang Lei can you run the count again w/o the test accounts | silent
people | id card numbers are NOT in there thank god | note
ongoing | still going, traffic isn't dropping at all | running ongoing
ongoing | it stopped 9:32, i pulled the cable myself | form ongoing
ongoing | from 07:05 until 08:40 this morning, firewall log shows it clear | ask 07:05 to 08:40 or span ongoing 07:05 08:40
ongoing | nope over. blocked the ip at quarter past nine and nothing since | form ongoing
ongoing | Yes it continues since this night 3h20, Wang Lei has verified in the journals | ask since 03:20 or running ongoing
ongoing | seems to have calmed down, fingers crossed | form ongoing
ongoing | i already kill the process but maybe he have backdoor, not sure he is gone | form ongoing or ask Ongoing or note
ongoing | can you put it in word so i can send it to paris | view download
ongoing | stop asking for 5 mins pls im on the phone with aliyun | ask snoozing reminders for 5 minutes
ongoing | time left? | view status
ongoing | going to pull the plug on the db at 10 unless someone objects | note or silent
ongoing | we called 110, police came on the line at 9:40 and took the report | ask olice
ongoing | if it goes on like this i'm moving to a farm | silent
ongoing | thx Wang Lei you're a star | silent
outage | down 47 min, 8:13 to 9:00 sharp this morning | span site_outage_minutes 08:13 09:00
outage | shop was dead for an hour and a half in total, back up now | fact site_outage_minutes=90
outage | offline since 0855 & still offline | running site_outage_minutes
outage | Site never went down, was just slow a few secs | ask 0 min or fact site_outage_minutes=0
outage | uptimerobot: DOWN 09:02:11 UP 09:26:40 | ask 09:02 or span site_outage_minutes 09:02 09:26
outage | outage is 2h10. also finance says we lost 180k rmb in orders during it, that number's final | fact direct_loss_cny=180000 or fact site_outage_minutes=130 or ask 2 h 10
outage | like 20 mins? half an hour tops | ask 20 min
outage | customers couldn't pay since about 8 i think, pages loaded tho | ask 08:00
outage | a hundred twenty, give or take | ask 2 h
outage | change the outage, i put wrong number before. how to edit ah | ask Undo
outage | Draft the notice for the customers please and show it before it leaves | view text
outage | what happens if we miss the hour, do we get fined | view law
outage | maintenance window last tuesday was 3 hrs and nobody complained | silent or note
outage | will restart nginx in ten, expect a 2 minute blip | note or silent
judgement | Serious. That's my call as lead | form judgements
judgement | i say particularly serious, put it down, i take responsibility - Li Wei | form judgements or ask Judgements
judgement | no threat, just a broken cron job. none. | form judgements
judgement | "fairly serious", second last button, phone won't let me press it | form judgements
judgement | pretty bad if u ask me but i only do customer service haha | form judgements or ask Judgements or note
judgement | Zhao Min would probably go for serious, she's in the lift | form judgements or ask Judgements
judgement | between serious and fairly serious, the management must decide | form judgements
judgement | what do u recommend | view question
judgement | who signs this off, me or paris? | view people
judgement | go back one question | ask Undo
judgement | ransom note asks for 3 BTC, 72 hours, that's what's on the screen | note
judgement | seriously who left the rdp port open | silent
judgement | Alamak my boss calling again | silent
verdict | i rang 12387 just now 9:48, spoke to a mr xu, he took it down | form phone_report
verdict | ok who is calling the hotline?? | view people
verdict | let me see the first report b4 anybody sends it | view text
verdict | approved, send it. Zhao Min | cmd approve or ask no such draft
verdict | why Major? explain me the reasoning please | view why
verdict | police not informed yet, psb office number anyone? | ask what we owe or note
verdict | just found bank card nos in the dump too, no doubt, 600 of them | ask Kinds of personal or note
verdict | hold on new figure might be 90k people, rechecking | fact personal_info_people=90000 or ask 90,000
verdict | wang lei says hes heard it's already on some telegram channel | note or note
verdict | direct loss is maybe 2 mil yuan, accounting still adding up | range direct_loss_cny 2000000 or ask 1.8
verdict | Well that's my holiday gone then | silent
verdict | I inform the ComEx after lunch, keep this between us | silent or note
verdict | thank you bot, very clear | silent
`;
