/** The same in English: 65 of 100 at first try, 1 recorded wrong; 73 with the ends added. See `streets-zh.ts`. */
export const STREETS_EN = `
system | shop | fact system=shop
system | It's the web shop. Stock side untouched. | fact system=shop
system | erp, definitely erp. zhao min just confirmed from the console | fact system=erp
system | not the shop, it's the inventory thing 进销存 that's hit | fact system=erp or ask 进销存
system | the stock system got popped I'm afraid | fact system=erp or note
system | could be the shop, could be something in front of it, still digging | ask 网上商城 or note
system | Somebody in the warehouse channel says their stock screens are acting weird, haven't seen it myself | ask 进销存 or note
system | is it the shop again?? | ask 网上商城 or note
system | definitely NOT the erp | left
system | who on earth is on call tonight | view people or note
system | both I reckon, shop and erp share the same db box | ask 网上商城 or ask 进销存 or note
system | the one customers use to order stuff | ask 网上商城 or fact system=shop or note
system | my VPN keeps dropping, back in 2 | note
awareness | we first noticed at 8:40 | aware 31T08:40
awareness | 0840, monitoring paged me and I saw straight away somebody was in | aware 31T08:40 or ask 08:40
awareness | Zhao Min spotted it at 10:47 last night and rang me | aware 30T22:47
awareness | quarter past nine this morning, thats when we knew | aware 31T09:15
awareness | found out twenty to nine, cs lead forwarded me the screenshot | aware 31T08:40
awareness | about an hour ago? maybe bit more | ask 08:52 or ask 08:50 or note
awareness | around half past eight I think, dont quote me | ask 08:30
awareness | no idea tbh, I was asleep | ask Don
awareness | the backup cron ran at 07:00 as usual | note or ask 07:00
awareness | will be on a train till 10:30, call me | note
awareness | logs show the first login from that ip at 02:13 but nobody looked until Wang Lei opened his laptop at 08:25 and saw it | aware 31T08:25 or ask 08:25
awareness | wait scrap that, not 8:40. It was 8:20 when Zhao Min told us | aware 31T08:20 or ask 08:20
awareness | same thing happened in feb, took us 3 days to notice lol | note
type | ransomware. readme note on every share | fact incident_type
type | data leak | fact incident_type=data.leak
type | customer table is on a telegram channel, so yeah, its a data leak | fact incident_type=data.leak
type | Plain DDoS, 40 Gbit at the edge | fact incident_type
type | someone fat-fingered the bucket policy, it's a misconfiguration not an attack | fact incident_type or ask onfig
type | phishing, finance clicked on the fake DHL mail | fact incident_type
type | homepage was swapped for some gambling site, classic 篡改 | fact incident_type
type | smells like ransomware but haven't seen a note yet | ask ansomware
type | maybe a leak? cant rule it out | ask eak
type | its not ransomware, stop saying that in the main channel pls | left
type | if they'd encrypted the lot we'd be properly screwed | note
type | what's the difference between tampering and a fault for this form? | note or view help
people | 48,210 people | fact personal_info_people=48210
people | 120k customers exported, I counted distinct user ids myself | fact personal_info_people=120000
people | roughly 200 thousand users, give or take | range personal_info_people 200000
people | between 30 and 35k people by Zhao Min's query | range personal_info_people 32500
people | 12万 people per the DB count | fact personal_info_people=120000
people | none. no personal data on that box at all | fact personal_info_people=0 or ask 0
people | 48210 rows in the dump | ask 48,210
people | 5600 | fact personal_info_people=5600 or ask 5,600
people | a shedload | note or ask Don
people | marketing says we have 2 million registered but thats the whole base not what got out | left
people | I heard something like 80k in the hallway, don't hold me to it | ask 80,000 or note
people | still counting, query's been running for 10 min | note or ask Don
people | we have 6 people on the bridge now | note
ongoing | still leaking as we speak | running ongoing
ongoing | stopped 08:50, we pulled the api key. start unknown | span ongoing 0 08:50 or form ongoing
ongoing | ran from 07:15 until 08:50 when I killed the session | span ongoing 07:15 08:50
ongoing | Still going, egress graph has not come down since 6ish | running ongoing
ongoing | blocked the IP at ten to nine so it's over, no clue when it began | span ongoing 0 08:50 or form ongoing
ongoing | I think its stopped now?? | form ongoing or note
ongoing | should be done once the fw rule lands, 5 mins | left
ongoing | it started at 07:05 according to netflow | form ongoing or ask 07:05 or note
ongoing | can someone check whether it's still going? | note or form ongoing
ongoing | haven't the foggiest | ask Don
ongoing | 18 degrees in this office, who turned off the heating | note
ongoing | oh and the first we knew of it was 8:35, from a customer | aware 31T08:35 or ask 08:35
outage | shop was down 08:15 to 08:48 | span site_outage_minutes 08:15 08:48 | system
outage | down for 33 minutes | fact site_outage_minutes=33
outage | still 502ing everywhere | running site_outage_minutes or form ongoing
outage | Site's still down mate | running site_outage_minutes or form ongoing
outage | it never went down, only slow | fact site_outage_minutes=0 or ask 0 min
outage | back up at 8:48, went dark quarter past 8 | span site_outage_minutes 08:15 08:48
outage | half an hour-ish, maybe 40 min | range site_outage_minutes 35 or ask 30 or ask 40 or form site_outage_minutes
outage | i can open it from home fine, anyone else? | note or form site_outage_minutes
outage | we'll take it down at 10 for patching | note
outage | last time it was out for 4 hours, remember 双十一? | note
outage | statuspage says 20 mins but statuspage lies | ask 20 or note or form site_outage_minutes
outage | anyone got a spare charger on 9F | silent or note
judgement | 1 | left
judgement | I'd need to ask Frau Keller in legal, give me ten minutes | note
judgement | legal reckons it doesn't count as "serious" but she hasn't read the log yet | left
judgement | what are we actually deciding here? | view next or view help or note
judgement | how long have we got before we have to file | view clocks or view status
judgement | who is the lead on this? | view people
judgement | btw it's 48,210 customers now confirmed, Zhao Min finished counting | fact personal_info_people=48210 or ask 48,210
judgement | don't ask me, I only do the load balancers | note or ask Don
judgement | never mind | closed
judgement | Sorry wrong channel | silent or note
judgement | fyi site came back 08:48, was out from 08:15 | span site_outage_minutes 08:15 08:48 or ask 08:15
judgement | we checked erp, its fine. affected system is the shop | fact system=shop or note
verdict | ok thx | silent
verdict | why Major and not one lower? | left
verdict | what do i do now | view next
verdict | Hold on, people count is wrong: it's 52,300 people, not 48,210 | fact personal_info_people=52300
verdict | Looks right to me | left
verdict | 👍 | silent
verdict | when's the deadline for the report? | view clocks or view status
verdict | can't we call it minor, boss will go mad | left
verdict | new dump surfaced, could be 20k users in that one | ask 20,000 or note
verdict | the leak is still going on btw, just saw another batch go out | running ongoing or note
verdict | Wang Lei is asleep, ring Zhang Qiang | silent or note
verdict | forget it | closed or note
verdict | who else is in here | view people
`;
