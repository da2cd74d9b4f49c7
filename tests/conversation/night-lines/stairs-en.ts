/**
 * Lines by an eighth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them on the
 * stairs: `state | line | end | also`. Kept from the model of topics at first: about 65 % ended as the stranger's words say, 96 of
 * 110 where a form, a button or a read-back of the product stands for a record (101 where a note beside another button
 * counts); 1 was recorded wrong. The model has learned from them since.
 */
export const STAIRS_EN = `
system | web shop | fact system=shop
system | its the stock thing, warehouse guys cant book anything in | fact system=erp or ask 进销存
system | shop AND stock, they sit on the same VM host | ask 网上商城
system | not the shop. the shop is fine. its the member app login | fact system=other or ask ther
system | hmm smells like the webshop but I only have a screenshot from Ling | ask 网上商城
system | could be SAP too?? not sure its even ours | ask ther or note
system | Felix can you check which box that IP is | silent or note
system | whats the latest we can report, forget the system for now | view status
system | Mathilde in Lyon says "everything is red" lol helpful | silent or note
system | we learned of it at 9:05 from the SOC, member app backend | aware 31T09:05
system | one sec, boarding | silent
system | does this apply to us at all? HQ is in Munich | view owed or view why or view question or view help
system | Stokc sytem sorry fat fingers | fact system=erp or ask 进销存
system | the b2b portal, neither of those two | fact system=other or ask ther
awareness | Pager went off 08:42 my time, Shanghai | aware 31T08:42 or ask 08:42
awareness | customer rang Grace at ten past nine saying she could see someone elses basket | aware 31T09:10
awareness | first mail from the hosting provider: 0:31 UTC | aware 31T08:31
awareness | 2:40 | aware 31T02:40 or ask 02:40
awareness | HQ knew at 02:15 CEST, does that count for the Shanghai entity? | ask 08:15 or view question or view why
awareness | about an hour ago I think | ask 08:52
awareness | correction, NOT 8:42, the pager log says 8:24, swapped the digits | aware 31T08:24 or ask 08:24
awareness | Subject: [SEV1] anomalous outbound traffic cn-sh-web02 // Received: Tue, 31 Mar 2026 08:51:07 +0800 | ask 08:51
awareness | Ling told me the night shift saw something and went back to sleep | note
awareness | I saw it myself at 8.55, was on the dashboard anyway | aware 31T08:55
awareness | last tuesday we had the same alert and it was the backup job | note or silent
awareness | who put a bot in here | silent or view help or note
awareness | supplier phoned us 25 minutes ago, thats when we found out | aware 31T09:27
awareness | so from when exactly does the clock run, alert or when a human reads it? | view why or view question or view status or view clocks
awareness | morning all, coffee first | silent
type | ransomware. lockbit note on every share | fact incident_type=malware.ransomware
type | Its a leak, our customer table is on breachforums with samples, I checked 3 of them and theyre real | fact incident_type=data.leak or ask leak
type | somebody replaced the landing page with a skull, very 1999 | fact incident_type=attack.defacement or ask tamper
type | DDoS, 600k rps and climbing | fact incident_type=attack.denial_of_service
type | prob just an outage, Felix deployed at 8 | ask failure
type | might be phishing, Tom from sales typed his pw somewhere on friday | ask Phishing
type | definitely NOT ransomware pls stop saying that | note
type | intrusion - they came in over the vpn w/ a leaver's account, first login 29/03 22:14 | ask ompromised
type | what's the difference between intrusion and malware in this list | view question
type | can i pick more than one | view question
type | AV found emotet on two tills, malware then | fact incident_type=malware.other or ask alware
type | if legal asks I was never here :D | silent
type | I'd bet a leak but Felix hasn't seen the logs | ask Data leak
type | nobody reboot anything!! forensics needs the memory | note
type | police came round already, Xuhui PSB took a statement at 9:30 | ask olice or form filing
type | could you put that in Chinese for Xu Yan please | cmd set_language or ask 中文
people | 84k customers | fact personal_info_people=84000
people | exactly 1,204,553 individuals after dedup, Felix ran it twice | fact personal_info_people=1204553 or ask 1,204,553
people | 1.2 | ask 1.2 or ask 12,000
people | a couple hundred thousand, ballpark | ask 200,000 or ask 180,000
people | 310k rows but loads of dupes so fewer people than that | ask 310,000
people | none. zero. the box has no personal data, I built it | fact personal_info_people=0 or ask 0
people | names, emails, phone nos and delivery addresses. no cards, those are at adyen | note or ask eak or cmd fill_field
people | were ID numbers in there? @Xu Yan | silent or note
people | we've 2 million members in total but no clue how many got pulled | note or ask 2 million
people | scrap the 84, it's 8.4k. Persons not orders | fact personal_info_people=8400 or ask 8,400
people | the guy on telegram claims 5M, our whole db isnt 5M | note or ask 5 million
people | where's the line for major, 1 million? | view why
people | ask me again in half an hour query still running | cmd snooze or ask 30 minutes
people | can we skip this one | fact personal_info_people=unknown or ask Don
people | do the EU customers count too, that's another 40 thousand | ask 40,000 or view question
ongoing | still going, fresh sessions every few secs | running ongoing or ask till going
ongoing | over. blocked the range at 09:37 and nothing since | span ongoing 0 09:37 or form ongoing or ask 09:37
ongoing | started 03:50 Beijing per the WAF log, no doubt about it | running ongoing or ask 03:50
ongoing | looks quiet... too quiet | form ongoing
ongoing | I guess it stopped when Felix pulled the cable?? | form ongoing
ongoing | and its back. great | form ongoing or running ongoing or ask till
ongoing | will cut the uplink at 10:15 if its not better by then | note
ongoing | has anyone told the police | note or view owed
ongoing | Xu Yan called 110, they said cyber police will ring back | ask olice or form filing
ongoing | I think HQ security notified the police but in Germany | ask olice or form filing
ongoing | summary so far please, I just joined | view catchup
ongoing | thx Felix you're a star | silent
ongoing | undo that, I answered in the wrong chat | ask ndo or view answers
ongoing | Felix says it stopped, Ling says it didnt. pick one | note or form ongoing
outage | 52 min | fact site_outage_minutes=52
outage | down 08:20, back 09:35, all of it | span site_outage_minutes 08:20 09:35
outage | an hour and a half, give or take nothing, uptimerobot says 90.0m | fact site_outage_minutes=90 or ask 1 h 30
outage | site never went down, just crawled | fact site_outage_minutes=0 or ask 0 min
outage | still down as of right now, since quarter to nine | running site_outage_minutes
outage | maybe 40ish minutes? ask ops | ask 40
outage | customers on weibo say since 2 am but customers say lots of things | ask 02:00 or form ongoing
outage | up for me | note or form ongoing
outage | we lose roughly 15k euros an hour when it's down says finance | note or ask 15,000
outage | finance confirmed the loss: RMB 420,000 | fact direct_loss_cny=420000 or ask 420,000
outage | flapping every 5 minutes, how do we count that | view question or view why
outage | remind me at 10:20 to fill this in | cmd snooze or ask 28 minutes
outage | false alarm folks, it was the pentest nobody told us about | cmd withdraw_declaration or ask mistake
outage | who has the vpn token for the dc | silent
judgement | particularly serious | form judgements
judgement | my call as lead: fairly serious. log it | form judgements
judgement | No threat. Anna and I both looked at it and that's our judgement | form judgements
judgement | pretty bad tbh | form judgements
judgement | i would go serious but Xu Yan has the last word on this | form judgements
judgement | define serious | view question
judgement | board will have a fit if we write particularly serious | note or silent
judgement | can't you decide, you're the robot | form judgements or view help or view question
judgement | Anna takes over from here, my battery's at 3% | cmd hand_over or form people
judgement | Felix: "whoever has that key has the lot" | note
judgement | change awareness to 9:03 pls, I had the wrong row in the sheet | aware 31T09:03
judgement | could someone mute this thing, phone's been buzzing since 6 | silent or cmd snooze or ask snooz
judgement | fairly serious?? really?? | silent or form judgements
verdict | Major. ok. how long have we got | view status
verdict | rang 12387 at 9:44, spoke to a Mr Gao, he's got it all | form phone_report
verdict | who's calling the hotline, my mandarin won't do | view script or view owed or view people
verdict | show me the draft b4 anyone sends anything | view text
verdict | need it as a Word doc for outside counsel | view download
verdict | approved from my side. Anna | cmd approve or ask draft or view text
verdict | can't get through to 12387, engaged all the time | note
verdict | Brussels also wants the GDPR 72h thing, separate ticket | note
verdict | dumplings on me when this is over | silent
`;
