/** English lines of two strangers who had never seen the bot, at first sight 85 to 91 of 100 of them ended as wanted. */
export const ATTIC_EN = `
system | it's the shop, checkout is dead | fact system=shop
system | both shop and the member app | ask Another
system | Stock system I think | ask system: 进销存系统
system | not the app, that's fine | note
system | anyone awake in ops? | silent
system | just got in, what's going on | view catchup
system | do we have to tell the police as well? | view owed
system | Web shop. Pager went at 9:12 | aware 31T09:12 | system
system | how long have we got | view status
awareness | Wang Lei rang me at quarter past nine | aware 31T09:15
awareness | pagerduty 09:08, I acked it at 09:10 | ask 09:08
awareness | supplier mailed us last night but nobody read it till 8.50 | ask 08:50
awareness | no idea, ask Chen Jie | note or ask Don
awareness | ~9 | aware 31T09:00
awareness | scrap that, it was 9:02 not 9:20 | aware 31T09:02 or ask 09:02
awareness | we had the same thing in January | note
awareness | customer tweets started 8:55, our monitoring only woke up at 9:17 | aware 31T09:17 or ask 09:17 or ask 08:55
awareness | give me two mins to check the logs | note
awareness | 0915 CST | ask 09:15 or ask Beijing
type | lockbit note on three servers | ask Ransomware
type | smells like credential stuffing to me | ask Credential attack
type | raid controller died, nobody attacked us | ask Technical failure
type | somebody swapped our homepage for a casino | ask Web page tampering
type | bucket was public, config mistake | ask Configuration not in compliance
type | let's not label it until forensics are in | note
type | carrier says their fibre was cut | ask Failure of supporting facilities
type | what do you mean by that | view question
type | dump of our users is on a forum | ask Data leak
people | 32k | fact personal_info_people=32000
people | customers table has 1.18m rows but only part of it went out | ask People whose personal information has leaked: 1.18 million p
people | none, only product data | ask People whose personal information has leaked: 0 people
people | a few thousand, still counting | ask People whose personal information has leaked: 2,000 to under
people | 4,500-odd phone numbers | ask People whose personal information has leaked: 4,500 to 4,599
people | Zhao Min is on it | note
people | the backup holds 800k but that one is safe | note
people | names, mobiles, no cards | note
ongoing | still hammering us | ask oing on, since 09:20
ongoing | failed over at 9:40, all green since | form ongoing
ongoing | contained for now, wouldn't bet on it | form ongoing
ongoing | grabbing coffee, back in 5 | silent
ongoing | oops wrong button, undo that | view answers or ask Correct
ongoing | data still going out to some IP in Romania | running ongoing
outage | 9 to 9:25 so 25 minutes | ask Site outage caused by an attack or fault: 25 min
outage | never down, just slow | ask Site outage caused by an attack or fault: 0 min
outage | bit over half an hour | ask Site outage caused by an attack or fault: at least 30 min
outage | down since ten to nine | running site_outage_minutes
outage | the two hours yesterday were planned maintenance | note
judgement | Wang Lei reckons it's bad | note or form judgements
judgement | I'd say serious | form judgements
judgement | above my pay grade | note or form people
judgement | second one | form judgements
verdict | I'll run this one | cmd take_lead or ask Take the lead
verdict | spoke to 12387 at 9:44, a Mr Zhou took it, badge 2207 | form phone_report or ask Confirm filing
verdict | Zhao Min can you sign off please | cmd approve or ask approve or silent
verdict | let me see the draft | view text
verdict | what do I tell them on the phone | view script
verdict | local police cyber unit knows, told them 9:35 | ask Suspected crime, police informed
verdict | panic over, it was our own load test | cmd withdraw_declaration or ask Declared by mistake
verdict | poke me again in half an hour | ask snoozing reminders for 30 minutes
verdict | how come that's major | view why
verdict | cheers everyone | silent
verdict | what's still missing | view checklist
verdict | what if we miss it? | view law
verdict | handing over to Chen Jie at 10 | cmd hand_over or ask Chen Jie
system | its the webshop, checkout just spins | ask 网上商城 or fact system=shop
system | Guys kindly check stock sys also, it is behaving funny since morning | ask system: 进销存系统
system | neither of those two, it's the member app | ask Another
system | both. shop AND the stock thing | ask 网上商城
system | cld be the stock system but only going by what the warehouse lads are saying | ask system: 进销存系统
system | Wang Lei are you near a laptop or still on the metro?? | silent
system | not the shop. shop is fine, just ordered socks lol | note
system | hang on who added this bot | silent
system | how long have we got to tell the regulator | view status
system | Web shop. Got the Grafana page 9:12, that's the first any of us knew | aware 31T09:12 | system
system | whats the difference between web shop and stock system for you, they share one db | view question or note
system | last year it was the stock system as well, remember, the Diwali weekend | note
system | Das ist.. sorry wrong lang. The inventory one is hit, Stock system, confirmed from my side | fact system=erp
awareness | 0855h SOC alert, I ack'd it myself | aware 31T08:55
awareness | a customer rang chen jie at about quarter past nine i think?? ask her | ask Known since: 09:15
awareness | No no, 9:20. I misread, 9:02 was the backup job | ask Known since: 09:20
awareness | half an hour ago give or take | ask 09:22
awareness | Chen Jie, when did that lady call you? | silent
awareness | "Dear Sir/Madam, we have copied your customer database. You have 72 hours." thats the mail | note
awareness | we only learned of it at 9.31 this morning when the logistics supplier phoned Wang Lei, before that nobody had a clue | aware 31T09:31
awareness | does the clock start from the alert or from when a human actually read it? | view question
awareness | logs say attacker got in 02:14 but nobody knew till the 08:40 pager alert | ask 08:40
awareness | 2:14 am first weird login in the log | ask 02:14
awareness | pls remind me 15 min before it runs out, hopping on a taxi | ask snoozing
awareness | i havent even had coffee | silent
awareness | twenty to nine, thats when customer service got the first call. wrote it down | aware 31T08:40
type | ransomware. every share has a .lockd ending now | fact incident_type=malware.ransomware
type | looks like ddos to me, 40k req/s from everywhere | ask Denial of service
type | its NOT a ddos, traffic is totally normal | note
type | Someone clicked the DHL mail again didn't they | ask Phishing
type | Homepage shows a skull and some turkish text. plain defacement, seen it with my own eyes | fact incident_type=attack.defacement
type | data leak, cust table is up on telegram, names + mobile nos + addresses | fact incident_type=data.leak
type | maybe just a fault lah, disk full like last month | ask Technical failure
type | what would you even call it if they got in but took nothing | view question
type | intrusion confirmed, found a webshell in /upload/img/x.jsp | ask Compromised
type | undo that, I tapped the wrong button | view answers or ask Undo
type | Wang Lei is pulling the netflow now, will know in 10 | note
type | 😂😂 of course on a tuesday | silent
people | 48,300 members affected, counted just now with select distinct | fact personal_info_people=48300
people | abt 12k customers?? dont quote me | ask People whose personal information has leaked: 10,800 to 13,2
people | one point two million accounts, that's the row count in the dump, DBA verified | ask People whose personal information has leaked: 1.2 million pe
people | 3 lakh members' data gone, verified against the leaked file | ask People whose personal information has leaked: 300,000 people
people | The whole members table has 950k rows but whether they took all of it nobody knows | ask People whose personal information has leaked: 950,000 people
people | no personal data touched at all, only SKU prices. checked twice | ask People whose personal information has leaked: 0 people
people | somewhere between 5 and 8 thousand ppl | ask People whose personal information has leaked: 5,000 to 8,000
people | correction: not 4,830 people, 48,300. dropped a zero sorry | ask People whose personal information has leaked: 48,300 people
people | 17 of us in this chat and not one has the prod password, brilliant | silent
people | ID numbers and bank cards are in there too, I'm looking at the sample | note
people | do guests who checked out w/o account count as well? | view question
people | Zhao Min pls don't share the number outside until I've seen it | silent
people | can't say yet, skip it for now | ask Don
ongoing | yes still going, cpu pegged at 100 and files being renamed as we speak | ask oing on, since 09:20 or running ongoing
ongoing | stopped at 9:41, i pulled the cable | form ongoing
ongoing | began 03:05, ended 04:50, all per firewall log | span ongoing 03:05 04:50
ongoing | should be over by now tbh | form ongoing
ongoing | I'll block the range at 10:15 if nobody objects | note
ongoing | nope, it's finished. last bad request was twenty-five past nine on the dot | form ongoing
ongoing | seit - i mean since yesterday evening maybe, half eight ish | ask oing on: since 30 Mar 20:30, still going on
ongoing | give me everything you have so far, Li Wei just joined | view catchup
ongoing | are they still in?? | note or silent
ongoing | false alarm everybody, it was the pentest guys. close it | cmd withdraw_declaration
ongoing | police know, I filed with the Pudong cyber unit at 9:30 | ask Suspected crime, police informed
ongoing | ok thx 🙏 | silent
ongoing | I have to drop off, Zhao Min takes over from me from now | cmd hand_over or ask Zhao Min
outage | shop was down 47 mins, 8:50 till 9:37 | span site_outage_minutes 08:50 09:37
outage | an hour and a half offline, uptime robot says exactly 90 min | ask Site outage caused by an attack or fault: 1 h 30 min
outage | site never went down, just slow as hell | ask Site outage caused by an attack or fault: 0 min
outage | customers saying 2 hrs but they always exaggerate | ask Site outage caused by an attack or fault: 2 h
outage | Still down now. went dark 09:03 | running site_outage_minutes
outage | it was down 35 min last week that was the planned upgrade, forget that one | note or silent
outage | ~20ish min? didnt look at the clock honestly | ask 20 min
outage | we lose around 80k rmb for each hour of this says finance, rough guess | ask Direct economic loss (RMB): 72,000 RMB to 88,000 RMB
outage | finance confirms direct loss of RMB 215,000 up to now | fact direct_loss_cny=215000
outage | wow the CEO is calling me again, 3rd time | silent
outage | change outage to 55 minutes please, 47 was before the second drop | ask 55 or form correct or ask outage
outage | when exactly do we have to file? 1h or 4h | view status
judgement | serious. not particularly, not fairly. Serious. my call as lead | form judgements
judgement | Feels fairly serious to me but zhao min should decide | ask Judgements
judgement | seriously?? you're asking me that now | silent
judgement | I'd put no threat, box is isolated and wiped clean | form judgements
judgement | what counts as "particularly serious" according to the rule? show me the text | view question
judgement | particularly serious, Li Wei and I both agree, put that down | ask Judgements
judgement | Serious delay on line 2 as well btw, I'll be late | silent
judgement | can't judge that till forensics come back, expect noon | note or form judgements
judgement | make that fairly serious instead, Zhao Min overruled me | ask Judgements
judgement | btw passwords were hashed w/ bcrypt, the dump contains hashes + emails, confirmed | note
judgement | who's allowed to answer this one, me or legal? | view people
judgement | the supplier told someone that other shops got hit too | note
verdict | ok 12387 called, spoke to a Mr Sun 09:46, they want it in writing | form phone_report
verdict | show draft pls | view text
verdict | Who's ringing the hotline? Not me, my Mandarin is a catastrophe | view people or silent
verdict | i'll call 12387, give me 2 mins | note or view script
verdict | Need it as a Word doc for the boss to sign | view download
verdict | Major?? how come major, explain | view why
verdict | approved from legal side, go ahead and send | cmd approve or ask draft
verdict | line's engaged, tried twice | note
verdict | people figure is wrong, new count 61,240 customers, final | ask People whose personal information has leaked: 61,240 people
verdict | good work all, beers on Li Wei 🍻 | silent
verdict | has anyone told the police yet | view owed or silent
verdict | police not informed yet, Zhao Min does it after the filing | note or view owed or ask what we owe
`;
