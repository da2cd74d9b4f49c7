/**
 * Lines by a third stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people call them across a
 * corridor: `state | line | end | also`. At first try 62 of 100 ended as the stranger wanted; with the ends that the
 * product means 70, and 2 were recorded wrong. The ends added: a value that replaces one on record
 * is confirmed, two times in a line are named as they were written, an end without a start opens the form, and a kind that
 * is not named by its name in the standard gets a button; 数据篡改 must not become the tampering of a page.
 */
export const CORRIDOR_ZH = `
system | 我是客服这边的哈，用户从刚才开始都在骂，说付不了款，出问题的就是网上商城 | fact system=shop
system | 【转发】IT值班通报：受影响系统：进销存系统；影响范围待查 | fact system=erp
system | 係個網上商城呀，唔關ERP事 | fact system=shop
system | 報告，出包的是進銷存 | fact system=erp
system | 商城，8点40我发现的，会员表被人拖走了 | fact system=shop | awareness incident_type
system | 我猜哈，纯猜，十有八九是那个online shop | ask 网上商城
system | 如果库存数对不上的话那多半就是进销存了呗 | ask 进销存 or note
system | 先查商城再查进销存，一个一个来 | left
system | 嗯……那个，怎么讲呢，我也说不清是哪个 | ask Don or note
system | 去年双十一那次是商城，今年可别又是它 | left
system | 我是法务的小陈，刚被拉进群，先爬个楼 | note
system | 谁是总指挥？我该听谁的 | view people
system | 两边都有问题……商城跟进销存一起趴了 | fact system=shop or fact system=erp or left | incident_type site_outage_minutes
awareness | 那个，我翻了下手机，八点四十三值班电话打给我的，我就是那会儿知道的 | aware 31T08:43
awareness | 昨儿夜里十一点一刻我就发现勒索信了，当时还以为是恶作剧 | aware 30T23:15 | incident_type
awareness | 今早七点五十五，SOC first noticed，这个时间可以写 | aware 31T07:55
awareness | 我哋今朝八點十五分先發現㗎 | aware 31T08:15
awareness | 差五分九点我察觉到不对劲的 | aware 31T08:55
awareness | 刚说错啦，不是昨晚，是今天早上8:06才获悉 | aware 31T08:06
awareness | 工单系统里第一条投诉的时间戳是2026-03-31 07:31:08，不知道算不算 | ask 07:31
awareness | 听保洁阿姨讲（真的）七点多机房就在滴滴叫 | left
awareness | 要是按客服第一通电话算就是8:22，按安全组算就是8:47，你们定 | ask 8:22 or ask 8:47 or note
awareness | 证书是上周二9:00换的，这个跟咱问的没关系吧 | note
awareness | 八点二十吧？还是八点半？我记不太清 | ask 八点二十 or ask 八点半 or ask Don or note
awareness | 法务提醒：这个时间点很敏感，没核实前谁也别往里填 | note
awareness | 先不答这个，我去接个电话 | note
type | 经安全组研判，本次为勒索软件攻击，特此通报 | fact incident_type
type | 就是咱家客户资料泄露了，被人挂到论坛上卖，我亲眼看的帖子，截图在上面 | fact incident_type=data.leak
type | 釣魚啦，會計那台點了假的國稅局網站 | fact incident_type or ask 钓鱼 or ask Phishing
type | 不是攻击，机房空调坏了服务器过热宕机，硬件故障 | fact incident_type or ask 故障
type | 木马。杀软报了Cobalt Strike beacon，已隔离三台 | fact incident_type or ask 木马 or ask 后门
type | price全被改成0.01了…有人动了数据库，数据篡改 | fact incident_type=data.tampering or ask 数据篡改
type | 网安的朋友私下跟我说，看着像勒索团伙的手法 | ask 勒索 or ask Ransom or note
type | 或者是DDoS，或者是自己发版发崩了，二选一 | ask DDoS or ask 拒绝服务 or note
type | 要不先填个“故障”糊弄过去？ | left
type | 排除了DDoS，也排除了钓鱼，剩下的还在看 | left
type | 群里别乱猜是勒索好吗，传出去股价要跌的 | left
type | ransomware演练不是下个月吗 | left
people | 汇报各位领导：经去重统计，受影响自然人共计73,918人 | fact personal_info_people=73918
people | 六万零五十二位顾客，一位不多一位不少 | fact personal_info_people=60052
people | affected users 5,120人，都是VIP | fact personal_info_people=5120
people | 一共二百零六个人的身份证号 | fact personal_info_people=206
people | 更正一下上面那条，多打了个零，是1.5万人不是15万人 | fact personal_info_people=15000
people | 三十万上下的用户，误差一两万 | range personal_info_people 300000
people | 粗略估咗下，大約四萬五千人 | range personal_info_people 45000 or ask 45,000
people | 最坏情况按全量算就是61万用户，但我不觉得有那么多 | ask 610,000 or note
people | 表里有96,402行，一个人可能好几行地址 | ask 96,402 or note or ask Don
people | 对方在邮件里吹牛说手上有200万人的资料 | ask 2,000,000 or note
people | 我们客服中心一共就35个人，今天电话全被打爆了 | note
people | 领导要数字我也变不出来啊，数据组十一点才给 | ask Don or note
people | 手机号泄没泄都没定论，人数无从谈起 | ask Don or note
ongoing | 到目前为止数据外传还在持续，没有掐断 | running ongoing
ongoing | 昨晚十一点开始漏的，今天早上八点半张强把那台机器关了就停了 | span ongoing 23:00 08:30
ongoing | 起始时间未查明，08:56阻断，此后无外传 | span ongoing 0 08:56 or form ongoing or ask 08:56
ongoing | 清晨五點四十開始外洩，到八點零五已經止血 | span ongoing 05:40 08:05
ongoing | 仲漏緊呀大佬！快啲封！ | running ongoing
ongoing | 论坛那边帖子还挂着，不过我们这头的口子堵没堵上我不知道 | ask Don or left
ongoing | 王磊估计是8:50前后堵上的，他自己也没把握 | ask 08:50 or form ongoing or note
ongoing | 打算吃完早饭就把API key全轮一遍 | note
ongoing | 这个问题拆开问行不行，开始时间和结束时间我分别填，有没有表格 | form ongoing
ongoing | 停了停了……哦不是，我说的是外面的雨停了 | left
ongoing | 不清楚起点也不清楚终点，别问我了 | ask Don or left
ongoing | 当我没说哈，算了算了 | closed
outage | 官网八点零三打不开的，八点五十一恢复访问，业务正常 | span site_outage_minutes 08:03 08:51
outage | 停了足足一个小时零五分钟，现在好了 | fact site_outage_minutes=65
outage | 截至目前仍未恢复，用户端全部超时 | running site_outage_minutes or form ongoing
outage | 上唔到㗎，而家都係，由八點半開始 | running site_outage_minutes
outage | 断了三刻钟，不多不少 | fact site_outage_minutes=45
outage | 8:10~8:31断了一次，就这一次 | span site_outage_minutes 08:10 08:31
outage | 客服这边体感有四十来分钟 | ask 40 or range site_outage_minutes 40 or note
outage | 老板问是不是挂了俩小时，我没敢接话 | ask 120 or note
outage | 运维说十点一刻能好，我持保留意见 | left
outage | 用户在微博上说“崩了一上午”，夸张了 | left
outage | 老家的宽带也断了，我妈刚打电话问我 | note
outage | 有些人能开有些人开不了，我这儿时好时坏 | left
judgement | 3 | left
judgement | 我替王磊回一个：1 | left
judgement | 作为法务我的意见是先不下结论，等外部律师回复 | note
judgement | 这种事得总经理签字，我一个值班的哪敢 | left
judgement | 老板在飞机上，落地12:30 | note
judgement | 多谢晒 | silent
judgement | 我倾向于算，但最后还是法务拍板 | left
judgement | 问下这条判断的法律依据是哪一条？ | left
judgement | 插一句，泄露的人数核出来了，31,046人 | fact personal_info_people=31046 | incident_type
judgement | 插播：网站8:20到8:44挂过，刚看监控确认的 | span site_outage_minutes 08:20 08:44 or ask 不能访问的时长
judgement | 之前没报：涉及个人信息的大约两万五千人 | range personal_info_people 25000
judgement | 报送时限还有多长？法务要倒排时间 | view clocks or view status
verdict | 定级依据里的人数不对，最新核实为102,300人 | fact personal_info_people=102300 or ask 10.23万
verdict | 系统那项填反了，应该是网上商城才对 | fact system=shop or ask 网上商城 or note
verdict | 首次知悉时间要改：安全组8:19就已经知道了 | aware 31T08:19 or ask 08:19
verdict | 刚刚查清楚了，根本不是泄露，是勒索软件 | fact incident_type=malware.ransomware or ask 勒索
verdict | 较大……我需要跟集团汇报一下再说 | left
verdict | 万一其实有五十万人呢？那级别是不是就变了 | ask 500,000 or note
verdict | 等级这块我没意见，但别用我的名义点 | left
verdict | 要我说顶多算一般，别自己吓自己 | left
verdict | 接下来该我做什么，给个清单 | view next
verdict | 赵敏在不在？现在群里都有谁在岗 | view people
verdict | 安全组可能七点半就有人发现了，待核 | ask 07:30 or note
verdict | 了解，辛苦大家 | silent
verdict | 我昨天买的彩票又没中 | note
`;
