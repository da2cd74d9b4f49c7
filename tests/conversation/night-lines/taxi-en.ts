/**
 * Lines by a sixth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from a
 * taxi: `state | line | end | also`. At first try 53 of 110 ended as the stranger wanted, 69 with the ends added to 33 lines, and
 * 2 recorded something wrong. The ends added: a button or form that asks where the stranger would record.
 */
export const TAXI_EN = `
system | web shop. just got in a cab, give me 20 | fact system=shop
system | its the stock one lads, shop itself is alright i just bought a mug on it | fact system=erp or ask 进销存
system | Is confirmed: inventory system, all warehouse terminals show the same red page asking bitcoin | fact system=erp or ask 进销存
system | sorry pressed wrong button, taxi bumping. not stock system, is web shop | fact system=shop or ask 网上商城
system | Both are hit sadly, webshop and the member app share the same login server and I see the dump contains both | fact system=shop or ask 网上商城
system | smells like the app again no? | ask ther system or ask Another
system | could be shop could be stock, they sit on same db host | ask 网上商城
system | I would bet my lunch it is the Stock system but can't VPN from the hotel lobby wifi | ask 进销存
system | hang on how long do we have till we must tell the authority | view status or view clocks
system | what's the difference between "another" and these two?? | view question or view why or view help
system | @bot pls ask Wang Lei not me, i'm boarding soon | cmd hand_over or form assign or note
system | driver took the elevated road at rush hour, brilliant | silent
system | Wang Lei which box did you log into just now? the shop one or the old one | silent or note
system | the stock system fell over in Feb as well, that was the UPS tho | note or silent
awareness | 0914, splunk alert, I was the one on call | aware 31T09:14 or ask 09:14
awareness | A lady rang Chen Jie at ten past nine saying her address is on some telegram channel. That's how we found out, nothing before | aware 31T09:10 or ask 09:10
awareness | no no, 9:20 was my reply. the mail from the hoster I have read at 8:55 | aware 31T08:55 or ask 08:55 or ask 8:55
awareness | we first knew this morning half past eight when the warehouse guy called wang lei, pickers could not open stock system | aware 31T08:30 or ask 08:30 | system
awareness | Learnt of it 40 mins ago from an Aliyun SMS alert, so 9.10 ok | aware 31T09:1 or ask 09:1 or ask 9.10
awareness | around nine-ish i think? was in the shower tbh | ask 09:00
awareness | Mail timestamp is 02:37 but nobody has opened it before morning, does it count? | ask 02:37 or view why or view question
awareness | night shift must have seen something at like 6, Xiao Zhou mentioned in the lift | ask 06:00
awareness | which time counts, when the machine sent alert or when a human looked at it | view why or view question or view help
awareness | what have you got down so far | view catchup or view status or view answers
awareness | scrap that last time, i misread the screenshot | ask ndo or view answers or form awareness or form correct_clock
awareness | "Dear valued customer, we noticed unusual traffic on your instance" lol valued | note or silent
awareness | I told you guys last thursday the alert rules are too noisy, nobody look at them anymore | silent or note
awareness | lobby coffee is 58 kuai. robbery | silent
type | data leak, no question. I have the sample open, 500 rows real names and mobiles | fact incident_type=data.leak or ask 500 or ask leak
type | ransomware. files end in .lockd and theres a README_PAY.txt | fact incident_type=malware.ransomware
type | It's a DDoS, the hoster confirmed 80 Gbit coming in at the moment | fact incident_type=attack.denial_of_service or ask enial
type | not an attack!! Wang Lei's own migration script dropped the index, so plain fault | fact incident_type=facility.technical or fact incident_type=operation.mistake or ask ailure or ask istake
type | somebody replaced our homepage with a skull and some poem, defaced basically | fact incident_type=attack.defacement or ask amper
type | hmm maybe phishing first then they walked in with zhao min's password? dunno | ask hishing
type | logs show a login from Moldova with admin. intrusion would be my guess but could also be Klaus on his holiday VPN | ask ompromised or ask ttack
type | antivirus screaming Trojan.Gen on two boxes, might be false positive as usual | ask malware or ask Malware or ask rojan
type | can I choose two? leak AND intrusion | ask leak or view question
type | false alarm guys, it was the pentest company, they sent apology. bot pls close | cmd withdraw_declaration or form close or ask mistake or ask alse
type | can you put this up in Chinese for Chen Jie, she doesn't read these english terms well | cmd set_language or ask hinese
type | 2026-03-31 08:51:07 WARN auth-svc too many failed attempts src=185.220.101.44 user=root | note or ask 08:51
type | When Ikea-whatever got hit with ransomware it was a week in all newspapers | silent or note
type | ok who let the intern near prod again 😂 | silent
people | 12,400 customers, counted distinct user_id myself just now | fact personal_info_people=12400
people | exactly 1.3 million members are in the leaked table, select count gave 1 300 000 and some crumbs | fact personal_info_people=1300000 or ask 1.3 million or ask 1,300,000
people | nobody. zero. the table has only SKU and shelf no. | fact personal_info_people=0 or ask 0
people | eighty-six thousand people affected, 86k. ID card numbers also in there unfortunately | fact personal_info_people=86000 or ask 86,000
people | correction!! not 45000 it's 4,500 persons, i had a zero too much | fact personal_info_people=4500 or ask 4,500
people | few lakhs i would say, full user base minus the inactive | ask 00,000
people | 3 to 5 wan? depends if you count the guests checkout | ask 30,000
people | how many would make it the next level up? | view why or view question or view law
people | dont know yet, skip it and come back | cmd snooze or fact personal_info_people=unknown or ask Don or view next or closed or note
people | remind me at quarter past ten to run the count, dropping off signal in the tunnel now | cmd snooze or ask emind
people | the export is 2.1 GB zipped btw | note
people | Chen Jie has had 37 calls on the hotline since opening, she is going mental | note
people | Klaus can you run the query, my laptop is in the boot of the taxi | silent
people | in the 2023 thing it was 20,000 people and we got away with a stern letter | note or silent
ongoing | still going mate, watching packets leave as we speak | running ongoing or ask Still going
ongoing | It was stopped at 09:32, Wang Lei has pulled the cable. Verified by me | span ongoing 0 09:32 or ask 09:32 or form ongoing
ongoing | attacker was inside since 29 March 22:15 until today 8:40, the session table says it clearly | span ongoing 22:15 08:40 or ask 22:15
ongoing | Began 7.05 this morning and it hasnt stopped, encryption is on third server now | running ongoing or ask 07:05 or form ongoing or ask Still going
ongoing | all over since quarter to nine, we rotated keys and blocked the ip, no traffic after. also I phoned the police at 9.15, officer took it down | span ongoing 0 08:45 or ask 08:45 or form ongoing
ongoing | seems quiet now but im only looking at grafana on a phone | form ongoing or ask nded or ask over
ongoing | Started sometime after midnight presumably? Logs before 3 am are rotated away | ask 00:00 or ask 03:00 or form ongoing
ongoing | wang lei reckons he chucked them out about twenty minutes ago | ask 09:32 or form ongoing
ongoing | go back to the previous question pls, number was wrong | view answers or ask ndo or form correct or view question
ongoing | who is supposed to do the report, me or legal? Li Wei phone is off, he's in the air | view owed or view people or view next
ongoing | Hand the lead over to Zhao Min until I land in Shenzhen | cmd hand_over or ask Zhao Min to take over or ask 赵敏
ongoing | should we cut the uplink or will that kill the forensics? opinions please | silent or note
ongoing | I will switch off the payment gateway in ten min if no one object | note
ongoing | yeah yeah im still here, stuck behind a cement truck | silent
outage | down 47 minutes, 08:20 to 09:07 | span site_outage_minutes 08:20 09:07
outage | An hour and a half it was offline, status page agrees | fact site_outage_minutes=90 or ask 90 or ask 1 h or ask 1.5
outage | never went down, shop was up the whole time | fact site_outage_minutes=0
outage | site is dead since 9:03 and still 502, uptime robot mail attached | running site_outage_minutes
outage | it came back 9:41, checkout works again, i've ordered a test pair of socks and paid. went off 8:56 by the probe | span site_outage_minutes 08:56 09:41 or ask 08:56 or form ongoing
outage | half an hour? bit more? I was queuing at reception | ask 30
outage | customers on weibo say since 8 they can't open it | ask 08:00 or form ongoing or form site_outage_minutes
outage | does "slow as hell" count as down or only when fully dead | view question or view why or view law
outage | wait delete that, the 90 was seconds | ask ndo or view answers or ask 90
outage | Kindly show the draft, I will go through it in the lift | view text or view draft or form first_report
outage | HTTP/1.1 503 Service Unavailable Retry-After: 120 | note or form ongoing
outage | On Singles Day it went down for 3 hours and the boss threw a stapler | silent or note
outage | we lost roughly the whole morning flash sale, finance will scream | note or ask loss
outage | thx 🙏 back in five, checking in | silent
judgement | Serious. That's my call as lead, put it in | fact system_loss=serious or form judgements
judgement | i talked to wang lei and zhao min, we three agree on fairly serious | form judgements
judgement | none, there's no threat to anyone, test data only. | form judgements
judgement | Particularly serious, we decide for the highest one. Finance has booked 640,000 yuan of fraudulent refunds already | form judgements or ask 640
judgement | make it fairly serious instead of serious, Li Wei just overruled me on the phone | form judgements
judgement | feels pretty bad ngl, serious maybe | form judgements
judgement | between the two middle ones... leaning to the lower | form judgements
judgement | what is meant with "particularly"? is there some definition in the regulation | view question or view why or view law
judgement | Which level comes out if I say serious, just hypothetically | view why or view question
judgement | give me the state of play in 3 lines, CEO is ringing me in a sec | view catchup or view status
judgement | Zhao Min do you want to judge this? I am only an engineer and my English is not for law | silent or form judgements
judgement | seriously, who parks a bus there | silent
judgement | the regulator was not amused last time we called it minor | note or silent
verdict | Rang 12387 at 9:44, spoke to a Ms Sun, she gave ref no 0331-207 | filing 09:44 0331-207 or form phone_report
verdict | police know. PSB Xuhui was told by Zhao Min 09:36, got receipt | ask olice or form filing
verdict | hang on count was off: 212,000 people, dedupe finished and two of us checked it | fact personal_info_people=212000 or ask 212,000
verdict | leaked fields for the form are name, phone, delivery address. no passwords no cards, verified on the dump | cmd fill_field or ask inds or ask elivery or note
verdict | Chen Jie found the first complaint in her inbox, she read it herself at 07:48, so we knew earlier than 9:10! | aware 31T07:48 or ask 07:48
verdict | think zhao min already called the hotline? she was on the phone w someone official sounding | form phone_report or ask 12387
verdict | damage maybe 2 million rmb, finance is still guessing | ask 2 million or ask 2,000,000
verdict | Word version please, hotel printer only eats docx | view download
verdict | I'll call 12387 from the cab, what exactly do i have to say | view script
verdict | approve | cmd approve or form decide_approval or view text or ask draft
verdict | why Major?? on what basis | view why
verdict | ok good work everybody, dinner on me when this is done | silent
verdict | Lawyers in Frankfurt want to read it before we send, I told them there is no time for this | note or silent
`;
