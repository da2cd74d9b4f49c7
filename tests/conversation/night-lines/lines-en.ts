/** The same in English: see `lines-zh.ts`. */
export const EN = String.raw`
system | found it around 9 pm yesterday, a customer called to complain | aware 30T21:00
system | 9:20 own alert | aware 31T09:20
system | the SOC alerted us at 09:20 | aware 31T09:20
system | the shop | fact system=shop
system | it is the web shop | fact system=shop
system | I think the erp | fact system=erp or ask 进销存
system | erp | fact system=erp
system | definitely the web shop, not sure about the erp | fact system=shop
system | not the shop, it's the erp | fact system=erp or ask ERP
system | 1.2 million people leaked | fact personal_info_people=1200000
system | leaked about 1.2 million customer records | ask 1.2 million or note
system | what now | view next
system | what do I do now? | view next
system | the backup ran at 2 am | note
system | just called Li Wei, no answer | note
system | logs only go back to 18:00 yesterday | note
system | attack path: weak VPN password | cmd fill_field
system | both of them | note
system | no idea which system yet | fact system=unknown or ask Don
system | who is online? | note or view people
awareness | at 9 everything was still fine | note
awareness | all good at shift change 8:30 | note
awareness | we deployed at 10 last night | note
awareness | hurry up | note
awareness | monitoring alerted shortly before midnight yesterday | aware 30T23:45 or ask 23:45 or ask 00:00
awareness | quarter past nine, our SIEM alerted | aware 31T09:15
awareness | five past nine, noticed by ops | aware 31T09:05
awareness | 9:20, no wait 9:30, we were notified | aware 31T09:30
awareness | 9:20 | aware 31T09:20
awareness | yesterday 11 pm the supplier called | aware 30T23:00
awareness | just found it | aware 31T09:52 or ask 09:52
awareness | SIEM alert half an hour ago | aware 31T09:22
awareness | half an hour ago | aware 31T09:22
awareness | no idea, ask Zhao | ask Don or fact first_notice=unknown
awareness | not sure | fact first_notice=unknown
awareness | around 3 am security got an e-mail | aware 31T03:00
awareness | just called 12387 | form phone_report or form filing or ask Record
awareness | we just called the police | ask olice
awareness | what level is it now | view why or view status
awareness | where are we | view next or view status
awareness | meeting at 3 pm | note
awareness | the CAC phoned at 9 and said our data is for sale | aware 31T09:00
awareness | a backup failed at 6 pm yesterday | note
awareness | we had a pentest last Friday | note
awareness | probably around 2 am, check the logs | ask 02:00
awareness | nobody had noticed before 9 | note or ask 09:00
awareness | I got the text alert at 8:50 but saw it at 9:10 | ask 8:50 or aware 31T08:50
type | leak | fact incident_type=data.leak or ask leak
type | looks like ransomware | ask ansomware
type | we got ransomware, all files are encrypted | ask ansomware or fact incident_type
type | the home page was defaced | ask page tampering
type | it is not ransomware | note
people | about 100k records, names and phone numbers | ask 90,000
people | 1.2 million users or so, with names and addresses | fact personal_info_people or ask 1.2
people | about 950k | range personal_info_people 940000
people | roughly 950,000 people | range personal_info_people 960000
people | 2 | ask 2
people | maybe 2 | ask 2
people | none | fact personal_info_people=0
people | none (0) | fact personal_info_people=0
people | more than 500k | fact personal_info_people or ask 500
people | still counting | fact personal_info_people=unknown or ask Don
people | 3 files were exported yesterday | note
people | the dump is 200 GB | note
people | at least 200k, at most 500k | range personal_info_people 300000
people | support took 30 calls | note
people | 1.2 million | fact personal_info_people=1200000
people | 5 people from ops are here | note or ask 5
people | probably a million lol | ask million or fact personal_info_people or range personal_info_people 1000000
people | a customer complained at 9 pm yesterday | aware 30T21:00 or ask 21:00
ongoing | it was down for half an hour | ask top or form ongoing
ongoing | started at 8, just stopped | span ongoing 08:00 09:52
ongoing | still going on | running ongoing
ongoing | still running | running ongoing
ongoing | it's over | form ongoing or ask top
ongoing | it has stopped | form ongoing or ask top
ongoing | began at 11 pm yesterday, restored at 9 this morning | span ongoing 23:00 09:00
ongoing | what now | view next
ongoing | we upgraded the firewall at 10 yesterday | note
ongoing | we can't take it offline yet, boss says no | note
outage | 6 hours | fact site_outage_minutes=360
outage | half an hour | fact site_outage_minutes=30
outage | it was down for 40 minutes | fact site_outage_minutes=40
outage | down since 8 and still unreachable | running site_outage_minutes
outage | never went down | fact site_outage_minutes=0 or ask None or note
judgement | 1 | ask Judge or form judgements
judgement | no real effect | note
verdict | false alarm | cmd withdraw_declaration
verdict | it's a false alarm, close it | cmd withdraw_declaration
verdict | police informed | ask olice
verdict | called 12387 | form phone_report or form filing or ask Record
verdict | just got off the phone with 12387, officer 3321, receipt 2026-1129-17 | filing 3321 2026-1129-17
verdict | who do we report to | view owed
verdict | when is it due | view status
verdict | what's next | view next
verdict | what should I do | view next
verdict | I'm taking over | cmd take_lead or ask lead
verdict | hand over to Wang Lei | ask Wang Lei or cmd add_person or ask 王磊 or cmd hand_over or cmd add_person
verdict | report it as major | cmd decide_level or ask Major
verdict | export word | view download
verdict | undo | ask Undo
verdict | cancel | closed
verdict | forget it | closed
verdict | never mind, let's report it | closed
verdict | wait | closed
verdict | let's not report yet | form not_reportable
verdict | end handling: hole patched, nothing since 18:00 | ask Confirm
verdict | move out of chat | ask Confirm
verdict | not reportable: below the threshold | form not_reportable
verdict | close: all done | ask Confirm
verdict | make it 300k | fact personal_info_people=300000
verdict | ok thanks | silent
verdict | good work everyone | silent
verdict | the draft | view text or view next or cmd compile_draft
verdict | Alert: outbound transfer\nTime: 2026-03-31 08:31:22\nSource: 203.0.113.7\nHost: shop-1\nRule: DLP-17 | ask Open an incident
`;
