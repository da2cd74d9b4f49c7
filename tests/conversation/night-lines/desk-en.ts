/** A fourth set, said in passing: cut short, quoted, half Chinese, mistyped, with a denial or a plan beside the fact. See `ends.ts`. */
export const DESK_EN = `
system | web shop. not erp | fact system=shop or ask 网上商城 or ask shop
system | its not our system, its the supplier's | note or ask Don
system | shpo i guess | ask 网上商城 or ask shop or note
system | 进销存, the stock one | fact system=erp or ask 进销存
system | Zhao Min: "customers were calling since 7:10" | ask 07:10 or aware 31T07:10
system | waiting for the vendor to tell us which box | note
system | shop db, alert came 8:41 this morning | aware 31T08:41 or ask 08:41 | system
system | dont know dont care, who is lead? | note or ask Don or view people
system | not sure about the shop either | note or ask Don or ask 网上商城 or ask shop
system | let's jump on a call | note
awareness | 0835 pager | aware 31T08:35 or ask 08:35 or note
awareness | twenty past eight, SOC rang me | aware 31T08:20 or ask 08:20
awareness | not nine, 8:40, support ticket | aware 31T08:40 or ask 08:40
awareness | everything was green at 7 | note
awareness | press call is at 10:30 | note
awareness | Ben says: I saw the alert at 6:58 | aware 31T06:58 or ask 06:58
awareness | ransom note landed 22:47 yesterday evening | aware 30T22:47 or ask 22:47 | incident_type
awareness | they want the money by noon | note
awareness | seven fifty-something | ask 07:5 or note or ask Don or ask seven
awareness | backup ran at 3, fine | note
awareness | 刚才8:52收到alert | aware 31T08:52
type | somebody dumped the db | ask leak or ask ata or note or fact incident_type=data.leak
type | not ransomware | note or left
type | finance clicked a phishing link | ask hish or note or fact incident_type
type | gambling links on the homepage | ask amper or note or fact incident_type
people | 200k-ish | range personal_info_people 200000 or fact personal_info_people=200000 or ask 200
people | no more than 30k people | range personal_info_people 20000 or ask 30
people | 3 files were exported | note or ask 3
people | last year it was 400k, not counted yet | note or ask 400
people | 48,210, just counted | fact personal_info_people=48210 or ask 48,210
people | 12万人 | fact personal_info_people=120000
people | a tenth of our 1.2M members | note or ask 1.2 or ask 120
ongoing | nope, traffic still climbing | running ongoing or note or ask still
ongoing | pulled the cable 8:50, quiet since | span ongoing 0 08:50 or form ongoing or ask 08:50 or note
ongoing | plan is to shut it down at 10 | note
outage | dead 8:15 to 8:48 | span site_outage_minutes 08:15 08:48 or fact site_outage_minutes or ask 33
outage | half an hour and a bit | range site_outage_minutes 35 or ask 30 or ask half or note
outage | shop still isnt up | running site_outage_minutes or note or ask still or form ongoing
judgement | 2 | left
judgement | cfo thinks its below major | note or left
verdict | go with major then | form another_level or ask 较大 or ask major or cmd decide_level
verdict | correction: 1.3M people | fact personal_info_people=1300000 or ask 1.3
verdict | put in measures: network cut 8:55, passwords changed 9:10 | cmd fill_field or ask easures or note
verdict | can we send the rest tomorrow morning | left
verdict | im off, Wang Lei takes over | cmd hand_over or cmd add_person
`;
