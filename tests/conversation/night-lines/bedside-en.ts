/**
 * Lines by a seventh stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from
 * bed: `state | line | end | also`. Kept from the model of topics at first: 36 % ended as the stranger's words say, 56 of
 * 110 where a form or a read-back of the product stands for a record, 77 with the ends added to 44 lines; 1 line was
 * recorded wrong. The model has learned from them since. The ends added: a button, form or note instead of a record.
 */
export const BEDSIDE_EN = `
system | its the webshop, checkout throwing 502s left right n centre | fact system=shop or ask 网上商城
system | the jinxiaocun one lah, not the shop | fact system=erp or ask 进销存
system | Shop's fine, just bought a mug off it. It's stock thats knackered | fact system=erp or ask 进销存
system | oops start again, fat thumb, tapped the wrong button | ask ndo or view answers
system | member app, login page. only that | fact system=other or ask ther system or ask Another
system | prob the shop but cant see from bed, laptop is downstairs | ask 网上商城
system | I think is the site of sale no? how you call it, where the clients buy | ask 网上商城
system | wang lei was muttering smth about both, shop AND stock?? | ask 网上商城
system | aye gies a sec still half asleep | silent or note
system | whats the deadline on this thing | view status or view clocks
system | wait is this a drill?? | silent or view help or note
system | last wk stock also hang like this, that time was disk full only | note
system | customer rang us 9.15, says someone bought stuff with her points | aware 31T09:15 or ask 09:15 or ask 9.15
system | who is the one must report this one, me or Zhao Min | view owed or view people
awareness | First alert 09:07, WAF, saw it pop up myself | aware 31T09:07
awareness | Chen Jie took a call at five to nine, lady could see other peoples orders in her account | aware 31T08:55 or ask 08:55
awareness | no no 9:20, i misread, the other thing is ticket nr | aware 31T09:20 or ask 09:20
awareness | phone woke me half an hour ago maybe? didnt look at the clock | ask 09:2
awareness | 3h12 this morning, Paris hour, I receive the mail of the supplier | ask 09:12 or aware 31T09:12 or ask 3h12 or ask 03:12
awareness | supplier mailed us 0841 but nobody open that mailbox until 0930 | ask 08:41 or ask 09:30 or ask 0841
awareness | earliest entry in the access log is 02:13 | ask 02:13 or note
awareness | pure scunnered. who let the on-call phone go flat | silent or note
awareness | nudge me in 20 min to ring legal | cmd snooze or ask emind
awareness | Alarm mail came 9点05, Wang Lei read it straight away | aware 31T09:05
awareness | does the clock start when the alarm rings or when a human looks at it? | view why or view question or view help or view clocks or view status
awareness | yesterdays alert 18:40 was something else, ignore that | note or silent
awareness | ransom note on the stock server desktop!!! | ask ansomware or fact system=erp | system incident_type
awareness | "we have been aware since this morning" <- vendor writes that about THEM, not us | note or silent
type | files all .lockd and a readme wanting 3 btc. its the stock server | fact incident_type=malware.ransomware or ask ansomware or fact system=erp | system
type | ddos. 40 gig inbound | fact incident_type=attack.denial_of_service
type | someone dumped the member table, its on telegram, i opened the sample and yes its our data | fact incident_type=data.leak or ask leak
type | homepage now got skull on it lol. so defacement | fact incident_type=attack.defacement
type | nah thats no ddos, thats just the spring sale, box fell over i guess | ask ailure or ask echnical or note
type | smells phishy to me, two finance folk clicked on sth | ask hishing
type | can i drop a screenshot here or where you want it | form upload or view evidence or ask screenshot or note or silent
type | naw change that, i meant malware no ransomware | fact incident_type=malware.other or ask malware or ask alware
type | for the form what is difference intrusion and malware? | view question or view why or view help
type | same like that airline last year, ransomware, they paid 2 million in the end | note or silent
type | webshell in /upload/2026/, somebody got in thru that. it's an intrusion ok | fact incident_type=attack.compromised_host or ask ompromised or ask ttack or ask ackdoor
type | leaked: phone numbers + home addresses. card numbers not in that table | ask leak or fact incident_type=data.leak or cmd fill_field
type | police know, i filed with 网安 9:40, receipt in my hand | ask olice or form filing
type | 晕 our lift stuck on 7 again, taking stairs | silent or note
people | 43,210 customers, counted twice, distinct by phone | fact personal_info_people=43210
people | 1.2 mil members in that table and all of them went out the door | fact personal_info_people=1200000 or ask 1.2
people | 86k orders, how many ppl behind that no idea | ask 86 or note
people | couple hundred thousand if they got the whole db | ask 200,000 or ask 00,000 or note
people | 12万 users affected, Wang Lei just run the count | fact personal_info_people=120000
people | nobody real. Zero. test data only, I made it myself w faker | fact personal_info_people=0 or ask 0
people | somewhere between 5 and 8 k customers we reckon | ask 5,000 or ask 8,000
people | dont put any number in before ive seen the query pls (zhao min) | note
people | The guy brags 3 million. We only have 400k accounts in total!! | ask 400 or note
people | Bonjour, just arrive. what do we know until now please | view catchup
people | can someone send the query to Sophie she cannot enter the vpn | silent or note
people | careful i had LIMIT 500 on it so the 500 is rubbish | note
people | btw shop is back up since 9:44 | form ongoing or ask 09:44
people | ok merci, I go put water on my face | silent or note
ongoing | still going, just seen another 200 hits frm the same ip this minute | running ongoing or ask Still going
ongoing | stopped 09:31 when we yanked the cable | span ongoing 0 09:31 or form ongoing
ongoing | ran from 2.13am till we blocked it, quarter past nine | span ongoing 02:13 09:15 or ask 02:13
ongoing | looks quiet now? cant really tell on my phone | form ongoing or ask nded
ongoing | aye its deid. Attack ended 9:38 after we binned the token | span ongoing 0 09:38 or form ongoing
ongoing | he might be inside still, session not killed i think | running ongoing or ask Still going
ongoing | plan: we cut the vpn at 10 sharp | note
ongoing | guys paiseh, false alarm, was the pen test from vendor | cmd withdraw_declaration or form close or ask alse
ongoing | battery 4%, Wang Lei takes over from me ok | cmd hand_over or ask Wang Lei
ongoing | bot wheesht for ten minutes, the wean is sleeping | cmd snooze or silent or ask emind
ongoing | the 2024 one took us three days to stop haha | silent or note
ongoing | Zhao Min u free to talk? standing outside 1204 | silent or note
ongoing | began sometime in the night, maybe around 4, logs before are gone | ask 04:00 or form ongoing
ongoing | so is it over or not, anybody?? | silent or view status or view catchup or note or form ongoing or ask Still going
outage | 37 mins, 8:55 to 9:32 | span site_outage_minutes 08:55 09:32
outage | down since 9 sharp and still down | running site_outage_minutes
outage | about an hour, hour and a bit, wasnae counting | ask 60 or ask 1 h
outage | never went down, not one second. only slow | fact site_outage_minutes=0 or ask 0
outage | monitor says unreachable 20 min but monitor itself was rebooting so.. | ask 20
outage | which questions are still open after this? want to go dress | view next or view checklist or view owed
outage | it came back half nine, when it fell over i dunno | form ongoing or ask 09:30
outage | we switch it off ourself 9.25 to be safe, does that count as outage? | view question or view why or ask 09:25 or view law or form ongoing
outage | export word pls, need to show boss in corridor now | view download
outage | 双11 was worse, 3 hrs dark that time | note or silent
outage | lift down, vpn down, coffee machine down since 8. wonderful morning | silent or note
outage | finance says RMB 80,000 of orders lost in that window, they confirmed | fact direct_loss_cny=80000
outage | scratch that, it went down 9:12 not 9:21 | running site_outage_minutes or ask 09:12 or form ongoing or form correct
judgement | Serious. Not more not less | form judgements
judgement | must the lead decide this or can legal tick it | view owed or view people or view question or view next or form judgements
judgement | this is really really bad you guys | note or silent or form judgements
judgement | particularly serious. Zhao Min and I looked at it together | form judgements
judgement | no threat, none, is a toy server with nothing on it | form judgements
judgement | ehm what makes it "particularly"? give me the criteria | view question or view why or view law
judgement | no my call, that's Li Wei's | silent or note
judgement | maybe the 2nd one? or third. hard to say before coffee | form judgements
judgement | "very serious breach" some journalist on weibo. a journalist already 😱 | note or form judgements
judgement | how long have we got left | view status or view clocks
judgement | Zhao Min told me we must not write serious anywhere until board is informed | note or silent or form judgements
judgement | fyi ID card nos are in the dump in clear text, passwords hashed | cmd fill_field or ask inds or note
judgement | skip this, come back to it later | closed or view next or cmd snooze or form judgements or note
judgement | for me it is "fairly", but I am only the french guy, you decide | form judgements
verdict | rang 12387 at 9:48, woman took it all down, ref 0331-17 | filing 09:48 0331-17 or form phone_report
verdict | who phones 12387? my mandarin is not for telephone | view script or view owed or view people
verdict | let me see the draft | view text or view draft
verdict | OK from me, approved. 李伟 | cmd approve or form decide_approval or view text or ask draft
verdict | hold on its not that high, 12 thousand people not 120. sorry my zero | fact personal_info_people=12000 or ask 12 thousand or ask 12,000
verdict | possible to have the text in english also? my director dont read chinese | cmd set_language or view download or view text or view draft or ask nglish
verdict | cheers bot, ye did grand | silent
verdict | what do i say on the phone to them, step by step, my hands are shaking | view script
verdict | their line busy, will try again in 5 | note
verdict | take back my last msg pls, was for another group | ask ndo or view answers or cmd undo
verdict | guard downstairs says police were here already? or delivery, he not sure | ask olice or note
verdict | is it filed now or still waiting for someone | view status or view next or view clocks or view catchup or view draft
verdict | my wife is awake, the dog is awake, thx everybody | silent
`;
