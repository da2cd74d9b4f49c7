/**
 * Lines by a fourth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from a
 * kitchen: `state | line | end | also`. At first try 72 of 110 ended as the stranger wanted, and 2 were recorded wrong.
 */
export const KITCHEN_EN = `
system | stock system NOT affected, just checked with the warehouse | note or ask 网上商城
system | the erp, purchasing cant log in since this morning | fact system=erp
system | we plan to take the shop offline at 10:15 to take images | note or ask 网上商城
system | definitely the shop database, the customer table got dumped by sqlmap | fact system=shop | incident_type
system | @Zhao Min are you up? need legal in here pls | silent or note
system | stock system | fact system=erp
system | its the web shop, erp looks fine from here | fact system=shop
system | who do we have to report this to?? | view owed
system | dunno yet | fact system=unknown or ask Don or silent
system | its the one with the customers | ask 网上商城
system | ok so for the record, as my english is not so good i write slowly: the system affected is the web shop, we found out at 9:20 when a customer called the hotline, more I don't know for now | fact system=shop | awareness
system | both | ask 网上商城
system | i think shop but Li Wei is checking whether erp too | ask 网上商城
system | what do you need from me, in short | view next or view help
awareness | I received the mail from the researcher on 30 March at 18:05 | aware 30T18:05
awareness | backup ran at 2am so we have that at least | note
awareness | deployed the new release yesterday 10pm, that might be the hole | note
awareness | Wang Lei told me that sales heard something already on friday | ask 27 or note
awareness | was it not 9:30? | ask 09:30
awareness | no idea, ask Li Wei | ask Don or silent or note or fact first_notice=unknown
awareness | what if we learned of it yesterday, are we already late? | view status or view clocks or note
awareness | the access log has the first dump request at 03:14:07 | note
awareness | customer service got the first complaint yesterday 9.40pm | aware 30T21:40
awareness | pls hurry up guys, meeting with the GM at 10:30 | note or silent
awareness | HQ SOC in Munich emailed us 01:12 UTC, we received it same minute | aware 31T09:12 or ask 09:12
awareness | we already called the police btw | ask olice or form filing
awareness | the alert fired 09:03, went to the mailbox of a guy who left in february, so nobody looked at it until 09:35 | ask 09:03 or aware 31T09:03
awareness | 09:24 our monitoring sent the first alert and i saw it right away | aware 31T09:24
type | AV scan is clean, no malware found | note
type | you can close this, it turned out to be nothing | cmd withdraw_declaration or form close or form end_handling or ask alse
type | its an intrusion, someone got in through the old jenkins | fact incident_type or ask ompromised or ask ttack or form type
type | number 3 | fact incident_type=attack.defacement or ask tampering
type | ddos since 9:05, 40 gbit at the edge | fact incident_type=attack.denial_of_service
type | everything is sooo slow, like it is flooded with requests from abroad | ask enial
type | the pages changed by themselves, chinese text where our banner was | ask amper
type | if they encrypt the db next we are dead | note
type | how long do we still have | view status or view clocks
type | phishing, 3 people in finance typed their password | fact incident_type=attack.phishing
type | it was a misconfiguration by us, the elastic index stood open to the internet | fact incident_type=hazard.configuration or ask onfiguration
type | web page tampering - the start page shows gambling ads | fact incident_type=attack.defacement
type | [FIRING:1] HighEgress host=shop-db-2 severity=critical value=912MB/min startsAt=2026-03-31T01:17:40Z summary="outbound traffic to 185.220.101.4" | ask 09:17 or ask Add to this incident
type | ok 👍 | silent
people | 1.2 million members | fact personal_info_people=1200000
people | 1,284,112 distinct users in the dump, I counted by user_id | fact personal_info_people=1284112
people | 12 people are working on it right now | note
people | between 1 and 2 million people | range personal_info_people 1500000
people | I will count them once I get the vpn back, 15 min | note
people | 300 customers called the hotline this morning already | note
people | no personal data in the erp, I just looked | note
people | not 100k, it's 1 million users, I missed a zero | fact personal_info_people=1000000
people | we reported to the police at 9:30, officer Chen at Jing'an station | ask olice or form filing
people | 1.2m | ask 1.2 or ask 1,200,000 or fact personal_info_people=1200000
people | got it, thanks a lot | silent
people | 4 million phone numbers but many people have two or three | ask 4
people | 1.5 million rows | ask 1.5 or ask 1,500,000
people | does it count persons or accounts? | note or view why or view question
ongoing | sorry people, it is only 90 thousand users, the 1.2 million were duplicates | ask 90
ongoing | no, contained. last outgoing packet was 09:31 | form ongoing or ask 09:31 or span ongoing 0 09:31
ongoing | still | running ongoing or ask still
ongoing | what level are we at right now | view why
ongoing | the attacker has no access any more as far as we can tell, passwords are reset | form ongoing
ongoing | which authority, CAC or police or both? | view owed
ongoing | Wang Lei wants to block the ip range at 10 | note
ongoing | the telegram channel is still online with our data | ask still
ongoing | its stopped, we cut the server off at 09:38 and nothing since | form ongoing or ask 09:38 or span ongoing 0 09:38
ongoing | I'm still in the taxi, 20 min | silent or note
ongoing | seems quiet now | form ongoing
ongoing | from 03:14 to 09:20 according to the firewall, then it stopped | span ongoing 03:14 09:20
ongoing | yep, ongoing | running ongoing
ongoing | Just got off the phone with 12387, agent no. 3321 took everything down | form phone_report or filing 3321 or form filing
outage | If we shut it down, does that count as outage too? | note or view why
outage | restore from backup takes 6 hours says the dba | note
outage | should be about 3 hrs by the time we bring it back | note or form ongoing
outage | been at this for 3 hours now without coffee | note or silent
outage | it was out for half an hour, back since 9:30 | span site_outage_minutes 09:00 09:30 or fact site_outage_minutes=30
outage | fwd from hotline: "Dear colleagues, since this morning several customers say they can not open the cart or pay, please check, we have now 14 calls waiting. BR Lucy" but for me it works | note or form ongoing or ask Add to
outage | website has been down for 2 hours and 10 min now | running site_outage_minutes
outage | no outage, the site was reachable the whole time | fact site_outage_minutes=0
outage | file it as major and be done | cmd decide_level or form another_level or ask ajor
outage | tell me what i have to do next, short please | view next
outage | error 502 here | form ongoing or form site_outage_minutes
outage | an hour, maybe a bit more | ask hour or ask 60 or ask 1 h
outage | shop was down from 8:20 till 9:05, 45 minutes | span site_outage_minutes 08:20 09:05
judgement | Zhao Min here. my judgement: serious threat, reaches Major | ask ajor or form judgements or form another_level
judgement | noted, cheers | silent
judgement | the press isnt on it yet, as far as I see | note
judgement | first call from a customer reached us at 20:55 yesterday, just found the ticket | aware 30T20:55 or ask 20:55
judgement | where do I send the report once its done, which office | view owed
judgement | I take it from here, Li Wei go home | cmd take_lead or cmd take_over
judgement | 3 | form judgements or note
judgement | last time legal said not reached | note
judgement | yes | form judgements or note
judgement | I'd say it's bad but not national-security bad | form judgements or note
judgement | what exactly does "threat" mean in this question? | note or view why or view question
judgement | Police have been called, waiting for the case number | ask olice or form filing
judgement | let legal decide | form judgements or note or ask Zhao
verdict | confirm major | cmd decide_level
verdict | called 12387, they picked up after 10 min, all told | form phone_report or form filing
verdict | when is the final one due, 30 days? | view status or view clocks
verdict | hmm should that not be level significant? | form another_level or view why or note
verdict | it isn't 1.2 million, more like 200k people | ask 200
verdict | filed it on the 12387 website at 09:50, receipt 2026-0331-17 | filing 2026-0331-17
verdict | the text is good but para 2 says 9:20, must be 9:12. dont send yet | form send_back or ask 09:12 or note
verdict | cause: sql injection in the coupon api, unpatched since January | cmd fill_field
verdict | attacker came from 185.220.101.4 and 45.9.148.2, both tor | cmd fill_field or ask lue or ask ttacker
verdict | measures so far, sorry for the long list: shop-db-2 isolated 09:40, all admin passwords reset, vpn for suppliers closed, waf rule for the coupon api switched to block, and two colleagues are reading the logs of the last 7 days | cmd fill_field or ask easures
verdict | undo that | ask Undo
verdict | stock system is affected as well, just confirmed by Wang Lei | ask 进销存
verdict | has anybody filed it already? Zhao Min? | note or view status
verdict | need that as docx, my phone can't open anything else | view download
`;
