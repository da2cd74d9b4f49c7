/** A fourth set, said in passing: cut short, quoted, half English, mistyped, with a denial or a plan beside the fact. See `ends.ts`. */
export const DESK_ZH = `
system | shop那边，erp没事 | fact system=shop or ask 网上商城 or ask shop
system | 网上商诚 | ask 网上商城 or fact system=shop or note
system | 只知道不是我们的系统 | note or ask 不清楚
system | 进销存跟商城共用一个库，都得查 | note or ask 进销存 or ask 网上商城
system | 赵敏刚才说“商城昨晚11点就有人投诉了” | ask 23:00 or ask 11点 or aware 30T23:00 | system
system | 今早7:20 SOC告警 + 客户来电，影响大概6万人 | ask 07:20 or aware 31T07:20 | personal_info_people
system | 等安全厂商到了再定哪个系统 | note
system | 你先别催 | note or closed
system | 群里先别聊了，都进会议 | note
awareness | 值班的8:52看见的alert | aware 31T08:52
awareness | 早上8点零5，支队的人打到前台 | aware 31T08:05 or ask 08:05
awareness | 不是9点，是8点40接到的投诉 | aware 31T08:40 or ask 08:40
awareness | 7点的时候还一切正常 | note
awareness | 打算10点半开发布会 | note
awareness | 李工：我6点58收到的短信告警 | aware 31T06:58 or ask 06:58
awareness | 昨晚22:47，邮箱里的勒索信 | aware 30T22:47 or ask 22:47 | incident_type
awareness | 攻击者的邮件里写的是今天12点前付款 | note
awareness | 七点五十几分吧 | ask 07:5 or note or ask 七点五十
type | 好像是被拖库了 | ask 泄露 or fact incident_type=data.leak or note
type | 不是勒索 | note or left
type | 首页被挂了赌博的链接 | ask 篡改 or note or fact incident_type
type | phishing邮件，财务点了 | ask 钓鱼 or note or fact incident_type
people | 20来万 | range personal_info_people 200000 or ask 20
people | 12w | fact personal_info_people=120000 or ask 12
people | 不会超过3万人 | range personal_info_people 20000 or ask 3
people | 3个文件，没数人头 | note or ask 3
people | 去年报的是40万，今年没数 | note or ask 40
people | 48,210人，刚导出来核过 | fact personal_info_people=48210
people | 商城一共120万会员，泄露的只有其中一成 | note or ask 12 or ask 120
ongoing | 没停，流量还在涨 | running ongoing or note
ongoing | 8点50拔的网线，之后就没了 | span ongoing 0 08:50 or form ongoing or ask 08:50 or note
ongoing | 打算10点下线 | note
outage | 8:15挂的，8:48起来的 | span site_outage_minutes 08:15 08:48 or fact site_outage_minutes or ask 33
outage | 大概半个多小时 | range site_outage_minutes 35 or ask 30 or ask 半
outage | 商城到现在也没起来 | running site_outage_minutes or note or ask 仍在 or form ongoing
judgement | 1 | left
judgement | 领导觉得没到较大 | note or left
verdict | 人数更正一下，是130万 | fact personal_info_people=1300000 or ask 130
verdict | 那就按较大吧 | form another_level or ask 较大 or cmd decide_level or left
verdict | 措施写上：8点55已断网，9点10改了密码 | cmd fill_field or ask 措施 or note
verdict | 明天上午再补材料行不行 | left
verdict | 我撤了，王磊顶上 | cmd hand_over or cmd add_person
verdict | 刚给12387打了，工号2207 | filing 2207 or left
`;
