/** A third set, of people at the end of a night: answers on the way home, second thoughts, other people’s words. See `ends.ts`. */
export const DAWN_EN = `
system | it's the shop, the member database sits behind it | fact system=shop or ask 网上商城 or ask shop
system | not the shop, the erp | fact system=erp or ask 进销存 or ask erp or note
system | we don't know which system yet, stop asking | note or ask Don or closed
system | looks like the erp to me, wouldn't bet on it | ask 进销存 or note or ask erp
system | support got calls around 8 last night, nobody could log in | aware 30T20:00 or ask 20:00 or ask 8 last | ongoing
system | somebody posted a screenshot in the ops channel at 7:50 | ask 07:50 or aware 31T07:50 or note
system | roughly 300 to 400 thousand member records are out | ask 300 or range personal_info_people 350000 or note | incident_type
system | does anybody have the number of the data centre | note or view people
system | grabbing a coffee, back in 5 | note
system | the DBA is on his way, gets here at 9:30 | note
system | the external responders have been called | note
awareness | the guy on duty saw it at 5:40 and thought it was a false alarm | aware 31T05:40 or ask 05:40
awareness | first was 6:30, a customer tagged us on social media | aware 31T06:30 or ask 06:30
awareness | 9 sharp, the police called us | aware 31T09:00
awareness | the server rebooted by itself at three in the morning | note or ask 03:00
awareness | our vendor says they knew since 4 pm yesterday | note or ask 16:00
awareness | a bit after seven, a text from monitoring | aware 31T07 or ask 07:0 or ask seven
awareness | some time in the night, need to check the logs | note or ask Don
awareness | no later than 8 for sure | ask 08:00 or note
awareness | logs show the attacker logged in at 2:15 | note or ask 02:15
awareness | I took over at 7:45 and the alert was already there | ask 07:45 or note or aware 31T07:45
awareness | chairman wants a briefing tomorrow at 9 am | note
awareness | had something like this last week | note
awareness | nobody noticed until the ransom mail came in at 8:22 | aware 31T08:22 or ask 08:22 | incident_type
type | the site is down, all 502s | ask own or note or ask ystem or ask utage
type | everything is encrypted, there's a ransom note on the desktops | ask ansom or fact incident_type
type | somebody has the admin password of the back office | note or ask ata or ask eak
type | probably just a human error | note or ask rror or ask peration
type | plain old ddos | ask enial or ask DDoS or fact incident_type or note
people | a bit over 200k at first sight | range personal_info_people 205000 or ask 200
people | 86k | fact personal_info_people=86000 or ask 86
people | the export has 1.31 million rows, some twice | ask 1.31 or ask 1,310 or note
people | 130 million | fact personal_info_people=130000000
people | fewer than five thousand | range personal_info_people 4000 or ask 5,000
people | somewhere between one and one and a half million | range personal_info_people 1200000 or ask 1 or note
people | about 200 of them are minors | note or ask 200
people | still counting, take 500k for now | ask 500 or fact personal_info_people=500000 or range personal_info_people 500000
people | only staff, 3000 odd, customers are fine | ask 3 or range personal_info_people 3000
people | damages could be two million | note or ask 2 or fact direct_loss_cny=2000000 or range direct_loss_cny 2000000
people | we only have 800k registered users in total | ask 800 or note
ongoing | we closed the hole at 9:20 | form ongoing or ask 09:20 or note or span ongoing 0 09:20
ongoing | the attack has stopped but the system isn't back | form ongoing or note or running ongoing
ongoing | data is still leaving | running ongoing or note or ask oing
ongoing | hard to say, looks quiet | note or form ongoing or ask Don
ongoing | we failed over at 9 | note or form ongoing
ongoing | it never ends | note or running ongoing
outage | it was down from 8:10 to 8:55 | fact site_outage_minutes or span site_outage_minutes 08:10 08:55 or ask 45
outage | forty-odd minutes all in all | range site_outage_minutes 45 or ask 40 or fact site_outage_minutes
outage | still can't reach it, since 8 | running site_outage_minutes or ask 08:00
outage | slow, but never down | note or ask 0 or fact site_outage_minutes=0
outage | two or three minutes each time, a dozen times | note or ask 2 or ask dozen
judgement | not that bad I guess | note or left
judgement | that's for legal to say | note or left
verdict | the boss says file it as significant | form another_level or ask ignificant or left
verdict | then let's not report, it's tiny | left
verdict | have legal look at it before it goes out | note or left
verdict | add to the measures: blocked the attacking IPs at 9:40 | cmd fill_field or ask easures or note
verdict | 12387 is engaged all the time | note or left
verdict | I'm done here, Wang Lei has the rest | left
verdict | when will the first report be ready | left
system | the provider noticed it yesterday and told us at 8 this morning | aware 31T08:00 or ask 08:00 or note
awareness | our supplier detected it at 3 am | note or ask 03:00
`;
