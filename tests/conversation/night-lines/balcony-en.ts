/**
 * Lines by a fifth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from a
 * balcony: `state | line | end | also`. At first try 62 of 110 ended as the stranger wanted, 67 with the ends added, and 3 were recorded wrong. The ends
 * added: a button that asks where the stranger would record, the form that asks for the times, a state without a draft.
 */
export const BALCONY_EN = `
system | something with the warehouse scanners, they hang on the stock thing I guess | ask 进销存
system | neither of those, its the HR portal | fact system=other or ask ther system or ask HR or ask Another
system | thx | silent
system | the member mini program, does that count as the shop? | ask 网上商城 or ask ther system
system | Li Wei is off, I'm taking over from him now | cmd take_lead or cmd take_over
system | erp was down last week too, remember? that was the patch though | note
system | shop. | fact system=shop
system | whens the deadline | view status or view clocks
system | pls forget it, false alarm, it was our own pentest | cmd withdraw_declaration or form not_reportable or form close or ask alse
system | Wang Lei 09:44: it could spread to the stock system if we dont cut the vpn. Wang Lei 09:45: anyone from network team here?? | note
system | web shop and the stock system, both were hit, I see the same account in both | ask 网上商城
system | wait no, not the shop. stock system. sorry | fact system=erp
system | customer called at 21:40 yesterday saying someone knew his order number and address | aware 30T21:40 or ask 21:40
system | maybe erp as well?? not sure, the service account is shared | ask 进销存
awareness | ok checking | silent
awareness | can someone in customer service check the ticket list for the first call? | note or silent
awareness | 9ish, cant scroll back on this phone, slack search is useless | ask 09:00
awareness | whats the latest we can file | view status or view clocks
awareness | Zhao Min was informed by the police at 7:50 today, thats the first anyone here knew | aware 31T07:50
awareness | handing over to Wang Lei, my shift is over | cmd hand_over or cmd add_person
awareness | around half nine I guess | ask 09:30
awareness | at 8:30 handover everything was still green | note
awareness | the attacker posted the sample on telegram at 02:30, we didnt see it then | note
awareness | last night 23:15, Li Wei got a call from the cloud provider about it | aware 30T23:15
awareness | sorry typo, alert was received 9:12 not 9:21 | aware 31T09:12
awareness | must have been last night, somewhere between 10 and 11 | ask 22:00
awareness | we found out at half past eight this morning | aware 31T08:30
awareness | discovered 20 minutes ago by the sre on shift | aware 31T09:32 or ask 09:32
type | ransomware. files on the nas end in .lockbit and there is a note | fact incident_type=malware.ransomware
type | looks like ransomware but we have no note so far | ask ansomware
type | just talked to 12387, the lady said send it in writing | form phone_report or form filing
type | we have leak + intrusion, attacker dumped the user table after getting a webshell | fact incident_type=data.leak or ask leak or ask ompromised
type | somebody got hold of our customer list and sells it | ask leak or fact incident_type=data.leak or fact incident_type=data.theft
type | data leak, for sure | fact incident_type=data.leak
type | we had a ransomware case in the Suzhou office two years ago, it also began with slow file shares on a monday evening and nobody believed me then either, same feeling now | note
type | whats next after this question? | view next
type | could be a hacker, could be a stupid intern, no one knows | ask ompromised or ask ttack or ask Don or note
type | are we sure this isnt just a hardware fault | ask ault or note or ask Technical
type | give me the word file of what we have so far | view download or view draft or view text
type | the vendor's newsletter warns of a phishing wave this week | note
type | not ransomware, it's a plain leak through an open bucket | fact incident_type=data.leak or ask onfiguration or ask leak
type | malware on two servers, Defender calls it CobaltStrike | fact incident_type=malware.other or fact incident_type=malware.trojan or fact incident_type=malware.botnet or fact incident_type=attack.backdoor_use or ask malware
people | two million persons, of those maybe 300 thousand with id card number | fact personal_info_people=2000000 or ask 2 million
people | quote from the forum: "FRESH CN SHOP DB 5 million accounts, full info, sample in DM, price 0.8 BTC" | ask 5 million or ask 5,000,000 or note
people | pls dont write any number before Zhao Min has seen it | note or silent
people | around 80 w records, i mean 800 thousand | ask 800,000
people | from now on I'm in charge here, Wang Lei needs sleep | cmd take_lead or cmd take_over
people | a million or so? Li Wei has the number | ask 1,000,000 or ask 1 million
people | less than 10 thousand people, that is everyone who ordered since the new checkout went live | range personal_info_people 9000
people | the file is 2.3 GB zipped | note
people | probably all members, so the number from the annual report | left
people | ninety thousand employees and ex-employees | fact personal_info_people=90000
people | about 350k customers, name phone and address | range personal_info_people 350000 or fact personal_info_people=350000
people | last year's leak at the logistics partner was 200 thousand people | note
people | by when does the first report have to be out the door | view status or view clocks
people | we have 6 million members in total but only a part is in the dump | note or ask 6,000,000 or ask 6 million
ongoing | i believe it stopped but the logs lag 15 minutes | form ongoing
ongoing | correction: 1.4 million people not 1.2, we found a second table | fact personal_info_people=1400000
ongoing | on sunday it stopped by itself after an hour, that was the load test | note
ongoing | it is over since 9:45 | span ongoing 0 09:45 or ask 09:45 or form ongoing
ongoing | is it still going on?? I dont see anything on the dashboard | form ongoing or note
ongoing | ended 10 minutes ago | span ongoing 0 09:42 or ask 09:42 or form ongoing
ongoing | and now? | view next
ongoing | okok | silent
ongoing | started at 08:10 and is still running as we speak | running ongoing
ongoing | meeting stopped, everybody back to work | note or silent
ongoing | if it doesnt stop by 10:30 we pull the plug | note
ongoing | pass the lead on to Wang Lei please, i'm dead | cmd hand_over or cmd add_person
ongoing | sshd[2214]: Accepted password for svc_report from 45.9.148.2 port 51022 - hm thats 3 min old, might be our own people over the vpn though, can not tell | ask still or note
ongoing | yes still going on, traffic to that ip hasnt stopped | running ongoing
outage | planned maintenance last night took 90 minutes, nothing to do with this | note
outage | thank you bot | silent
outage | cancel, wrong alarm, monitoring was broken | cmd withdraw_declaration or form not_reportable or form close or ask alse
outage | SLA allows 4 hours a month | note
outage | the web shop is not down, only the payment callback is slow | fact site_outage_minutes=0 or ask No or ask 0
outage | was offline when I woke up, 7ish | ask 07:00 or form ongoing
outage | marketing asks if the 12:00 campaign can still go out | note or silent
outage | export to word pls, the GM wants to read it | view download
outage | site is down, we took it off ourselves at 9:46 to save the disks | running site_outage_minutes or ask 09:46
outage | flapping. up, down, up again every few minutes since nine | ask 09:00
outage | cops are informed, Zhao Min did it | ask olice or form filing
outage | the people number is wrong btw, Li Wei says 1.6 million users now | ask 1.6 or ask 1,600,000 or fact personal_info_people=1600000 or note
outage | down since 08:55 and not back yet | running site_outage_minutes
judgement | we lose about 400 thousand RMB an hour with the shop closed | note or ask loss
judgement | treat it as Major to be safe | cmd decide_level or form another_level or ask ajor
judgement | remaining time? | view status or view clocks
judgement | cant judge that, who can? | view people or form judgements or ask legal or ask lead
judgement | the one in the middle | form judgements or ask ajor
judgement | 2 i guess | note or form judgements or view question
judgement | not serious. I'm legal and I decide that: below Major | form judgements or ask ajor or ask threshold
judgement | no threat at all imo | form judgements or ask threshold
judgement | on a scale from 1 to 10 a 7 | left
judgement | shop came back at 9:50 by the way | span site_outage_minutes 0 09:50 or form site_outage_minutes or ask 09:50
judgement | 1.2 million people, is that serious then? | note or view why
judgement | pretty serious if you ask me, but I am just the sre | form judgements or note
judgement | group ciso called it a severe threat on the call with Munich | note or form judgements
verdict | great, thanks everybody for tonight | silent
verdict | turns out the dump is fake, old test data, so call it off | ask mistake or cmd withdraw_declaration or form not_reportable or form close or ask alse
verdict | still missing anything for the report? | view checklist or view status or view next or view text
verdict | I'll approve after breakfast | note or silent
verdict | police station Xuhui took our report, no 20260331-0088 | filing 20260331-0088 or ask olice or form filing
verdict | Wang Lei takes the night from here, I brief him | cmd hand_over or cmd add_person
verdict | make it ordinary, major is over the top | form another_level or ask rdinary
verdict | we cut the network cable and made images of both disks before | note or ask easures or ask vidence
verdict | place: Alibaba cloud, Shanghai region, zone G | cmd fill_field or ask lace
verdict | I guess more data will show up on telegram the next days | note or ask rend
verdict | approved from my side, send it | cmd approve or form decide_approval or view text or note
verdict | one more measure: we told the bank to watch for fraud | cmd fill_field or ask easures
verdict | 1.2 is outdated. 1,350,000 persons after dedup, confirmed by Li Wei | fact personal_info_people=1350000 or ask 1.35
verdict | draft please | view draft or form first_report or cmd compile_draft or view text
`;
