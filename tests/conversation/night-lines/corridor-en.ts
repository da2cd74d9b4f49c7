/**
 * Lines by a third stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people call them across a
 * corridor: `state | line | end | also`. At first try 60 of 100 ended as the stranger wanted; with the ends that the
 * product means 67, and 2 were recorded wrong. The ends added: a value that replaces one on record
 * is confirmed, a rough time is recorded and shown as one ("~9"), a start that is not said opens the form, and a system or
 * a kind by other words than its name may be asked about or left.
 */
export const CORRIDOR_EN = `
system | [FWD PagerDuty] SEV1 web-shop checkout-api 5xx > 40% | ask 网上商城 or note
system | uh so um yeah the thing the thing where we keep the stock, the warehouse one, that one is broken into | fact system=erp or ask 进销存 or note
system | Affected system: online mall (网上商城), ERP verified clean. | fact system=shop
system | the effected system it is ERP, kindly note | fact system=erp
system | Its about the jin xiao cun system | fact system=erp or ask 进销存 or note
system | 网上商城 la, all my customers are screaming | fact system=shop
system | Shop first we thought, but the traces all end up in the ERP. So ERP. | fact system=erp
system | ERP was migrated last October | left
system | I would bet a beer on the e-shop | ask 网上商城
system | Zhang Qiang mentioned ERP in the lift but he mentions everything in the lift | ask 进销存 or note
system | neither one as far as i can see, its the mail server | left
system | sry which options do I have? | left
system | please also to reboot the printer on 14F | note
awareness | Timeline draft: 02:13 first bad login / 08:05 Zhao Min becomes aware / 08:30 bridge opened | aware 31T08:05 or ask 08:05
awareness | We came to know about the same at 8.50 AM today only | aware 31T08:50
awareness | I have it noticed at 09:05 Uhr | aware 31T09:05
awareness | got to know yesterday 23:20 from the SOC vendor's call | aware 30T23:20
awareness | we discover it at morning 8点40 | aware 31T08:40
awareness | eight oh five am was when my phone buzzed and I realised what it was | aware 31T08:05
awareness | My watch said 20 past 1 am, I'm in London tonight, that's when i saw it | ask 08:20 or ask 01:20 or note
awareness | some time before the standup, so before 9:30 | ask 09:30 or ask Don or note
awareness | "when did you first know?" good question, checking my call log | note
awareness | customer ticket #20840 came in overnight, unread | note
awareness | ~9 | aware 31T09:00 or ask 09:00
awareness | correction to my msg above: aware since 08:14 not 08:41, swapped digits | aware 31T08:14
type | verdict from the EDR vendor: LockBit variant, files encrypted, ransom demanded, it's ransomware | fact incident_type
type | Trojan. A malicious program on two hosts, EDR has it quarantined | fact incident_type or ask rojan or ask ackdoor
type | it's leak of data, the customers infos are going outside | fact incident_type=data.leak | ongoing
type | not ddos after all, a disk controller died. hardware fault, sorry for the drama | fact incident_type or ask fault or ask failure
type | data breach - 48,210 users' phone numbers are up for sale | fact incident_type=data.leak | personal_info_people
type | Price tags changed to ¥0.01 on 300 items by an intruder. Tampering. | fact incident_type=data.tampering or ask ampering
type | traffic looks a bit DDoS-y, or the promo is just going well 🤷 | ask DDoS or note
type | CS lead here: callers tell us they got strange sms with our logo. phishing perhaps? | ask hishing
type | We did a ransomware tabletop just last week, haha, timing | note
type | let's hope its no leak | note or ask eak
type | Could be whatever. Ask me after coffee ☕ | note or ask Don
type | no malware found, full scan of all 14 hosts | left
people | Distinct persons: 7,316 (deduped by mobile) | fact personal_info_people=7316
people | fourty eight thousand two hundred ten persons | fact personal_info_people=48210
people | 1.2 lakh customers | fact personal_info_people=120000 or range personal_info_people 120000 or ask 120,000
people | not more than 5000 people, not less than 4000 | range personal_info_people 4500
people | upwards of 300k individuals in the csv | range personal_info_people 300000 or ask 300,000
people | no PI involved: only SKU and shelf numbers in that table, zero persons | fact personal_info_people=0
people | 48.210 Kunden, ah sorry, customers | fact personal_info_people=48210 or ask 48,210
people | let me say sixty thousand but thats me eyeballing the export | ask 60,000 or range personal_info_people 60000
people | file is 60 MB | note
people | worst case all 900k members, best case only the 2k who logged in today | left
people | the press will make it a million anyway | note or ask 1,000,000
people | how do I count someone with two accounts, once or twice? | note
people | Was 48,210, Zhao Min removed the dupes, now 45,902 people | fact personal_info_people=45902 or ask 45,902
ongoing | Exfil window per netflow 06:40–08:50, closed by revoking the token | span ongoing 06:40 08:50
ongoing | yes ongoing. every 5 min new POST to the same pastebin | running ongoing
ongoing | the data still flow out now, we cannot stop | running ongoing
ongoing | that leak is plugged since 08:50, when opened we do not know | span ongoing 0 08:50 or form ongoing or ask 08:50
ongoing | from seven thirty this morning and it hasn't stopped | running ongoing
ongoing | Probably over. Probably. | form ongoing or note
ongoing | wang lei said he "took care of it" whatever that means | note or form ongoing
ongoing | I cut the uplink if you give me the go | note
ongoing | is 'ongoing' about the leak or about the outage? | left
ongoing | beginning of it must be around seven, the rest I must look up | form ongoing or ask 07:00 or note
ongoing | lol the pizza guy is at the gate, anyone with a badge? | silent or note
ongoing | Unknown at this stage. | ask Don
outage | Downtime 08:15-08:48 CST, confirmed by pingdom | span site_outage_minutes 08:15 08:48
outage | shop is offline since 08:15 and it's not come back | running site_outage_minutes | system
outage | It was 45 min down, now everything green ✅ | fact site_outage_minutes=45
outage | Customers cannot open the website until now | running site_outage_minutes or form ongoing
outage | zero downtime. checkout worked the whole night | fact site_outage_minutes=0
outage | Went down 8:15, I restarted nginx 8:48 and it came up | span site_outage_minutes 08:15 08:48 or ask 08:48
outage | an hour and a half in total, all good again | fact site_outage_minutes=90
outage | felt like ages | note or form ongoing
outage | was it down at all? | note or form ongoing
outage | If it goes down again I quit | note
outage | 2 hrs?? nah cant have been that long | left
outage | i'd guess twenty minutes | ask 20 or range site_outage_minutes 20 or form ongoing
judgement | b) | left
judgement | Speaking as counsel: I won't commit before I have seen the logs. | note
judgement | 3, I mean option three, no wait | left
judgement | In Germany I'd say yes under GDPR, here I really can't tell | left
judgement | who signs this off, me or Wang Lei? | view people or note
judgement | whats still open? | view next or view status
judgement | for the record we found this at 08:40 | aware 31T08:40 or ask 08:40
judgement | incident type is ransomware by the way, Zhang Qiang has the note on his screen | fact incident_type=malware.ransomware or ask ansomware
judgement | cheers | silent
judgement | leave it, doesnt matter | closed
judgement | can't be serious, nobody died | left
judgement | tick tock... how much time left till the regulator wants it? | view clocks or view status
judgement | can you put that question in Chinese pls 🙏 | note or view help
verdict | Noted with thanks | silent
verdict | my manager is asking why it's not 'General', what shall I reply | left
verdict | Big no from me, Major is over the top | left
verdict | Next step please? | view next
verdict | who's currently running the show | view people
verdict | Correction: site outage ended 09:05, not 08:48 (start 08:15 stays) | span site_outage_minutes 08:15 09:05 or ask 08:15
verdict | ERP may be touched as well, checking | ask 进销存 or note
verdict | scrap it, I talk to legal first | closed or note
verdict | someone on weibo claims 1m accounts | ask 1,000,000 or note
verdict | I'll press the button when Zhao Min is back from the loo | note
verdict | Is it filed already or is it still a draft? | view status or view clocks or view next or note
verdict | how does this bot work anyway | view help
awareness | Nobody told me a thing until the bot pinged, as usual | left
`;
