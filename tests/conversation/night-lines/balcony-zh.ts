/**
 * Lines by a fifth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from a
 * balcony: `state | line | end | also`. At first try 87 of 110 ended as the stranger wanted, 95 with the ends added, and 3 were recorded wrong. The ends
 * added: a button that asks where the stranger would record, the form that asks for the times, a state without a draft.
 */
export const BALCONY_ZH = `
system | 刚才点错了，应该是进销存系统，不是商城 | fact system=erp or ask 进销存
system | 两个都中了，商城和erp都登不上去 | ask 网上商城
system | 我来接班，前面啥情况 | cmd take_over or cmd take_lead or view catchup
system | 商城昨晚刚发过版 @李伟 是不是你们组发的 | note or silent
system | 王磊你那边erp还能登不 | note or silent
system | OA，泛微那个，不在你这两个里面 | fact system=other or ask 其他系统 or ask OA
system | 先别记，我核实完再说 | closed or note
system | 应该是进销存，我还在翻日志 | ask 进销存
system | 等下我问下赵敏 | silent or note
system | 进销存没事，出事的是网上商城 | fact system=shop
system | 去年12月被打的也是商城，同一伙人？ | note
system | 还不清楚哪个系统，运维在排查 | fact system=unknown or ask 不清楚 or note
system | 这个要报给谁啊，网信办还是公安 | view owed
system | 网上上城 | ask 网上商城 or fact system=shop
awareness | 就刚才 | ask 09:4 or ask 09:5
awareness | 今早9点20监控告警发现的 | aware 31T09:20
awareness | 后台9点35全白屏了，我是9点38接到店铺运营电话才知道 | aware 31T09:38 | site_outage_minutes
awareness | 是不是应该从9点42开始算啊 | view why or ask 09:42 or view clocks or form correct_clock or note
awareness | 日志里最早的异常是凌晨3:12 | ask 03:12 or note
awareness | 安全厂商9:05发的邮件，我9:30才打开看，算哪个时间 | ask 9:05
awareness | 快九点的时候吧，看到群里有人在说 | ask 09:00 or ask 08:45
awareness | 王磊9点40在群里喊的，但其实监控9点31就报了 | aware 31T09:31 or ask 9点31
awareness | 我没收到过告警，手机静音了 | note or silent
awareness | 昨晚11点左右客服接到第一个投诉电话 | aware 30T23:00 or ask 23:00
awareness | 8点半交接班那会儿没人说有问题 | note
awareness | 接下来要弄啥 | view next
awareness | 赵敏电话没人接，刚又打了一遍 | note or silent
awareness | 人家昨晚22:40就进来了，我们今早9:25才知道 | aware 31T09:25
type | 勒索，桌面上留了信，要0.8个btc | fact incident_type=malware.ransomware
type | 影响面大概50万人 | ask 45万
type | 去年那次是钓鱼，这次还不知道 | note or fact incident_type=unknown
type | 数据泄露 | fact incident_type=data.leak
type | 商城被黑了呗还能是啥 | ask 攻击 or ask 失陷 or ask 入侵 or ask 网上商城 | system
type | 已经报警了，漕河泾派出所，9点48打的 | ask 报案 or form filing or ask 公安 or filing 09:48
type | 客服那边说有用户反映被盗号 | note or ask 泄露 or ask 口令 or ask 失陷 or ask 攻击
type | 木马，杀软报的Backdoor.Win32，三台都有 | fact incident_type=malware.trojan or fact incident_type=malware.other or ask 木马 or ask 恶意
type | 类型选哪个合适？就是订单接口没鉴权被人一个个遍历了 | ask 泄露 or ask 配置
type | oss桶配成公共读了，自己人手滑 | fact incident_type=hazard.configuration or ask 配置
type | 先按网络入侵记，后面查清楚再改 | fact incident_type or ask 攻击 or ask 失陷
type | 文件后缀全变成.locked了，一个都打不开 | ask 勒索
type | 我撑不住了，交班给王磊 | cmd hand_over or cmd add_person
type | 不是ddos，就是活动流量太大 | note or ask 故障
people | 误报，拖走的是测试库，全是造的假数据 | cmd withdraw_declaration or form not_reportable or form close or ask 误报
people | 不超过100万人，这个我能确定 | range personal_info_people 900000 or ask 100
people | dba在跑sql，10分钟以后给准数 | note or silent or fact personal_info_people=unknown or ask 不清楚
people | 有个客户在闹，要赔3万 | note
people | 差不多10万条记录的样子 | ask 9万
people | 经DBA核对，涉及个人信息主体1203455人 | fact personal_info_people=1203455
people | 2 | ask 2
people | 会员表总共210万行，但不一定全被拖走 | ask 210 or note
people | 对方邮件里说拿了500万，吹牛的吧 | note
people | 120多万用户，姓名手机号地址都在里面 | range personal_info_people 1250000 or fact personal_info_people=1200000 or ask 120
people | 100万到1000万那一档 | range personal_info_people 5000000
people | 8万多会员 | range personal_info_people 85000 or fact personal_info_people=80000 or ask 8
people | 里面还有3000个员工的身份证 | ask 3,000 or ask 3000 or note
people | 没有身份证号，只有手机号和收货地址 | note or ask 手机号
ongoing | 应该停了吧，没看到新的流量 | form ongoing or ask 结束
ongoing | 还在继续 | running ongoing
ongoing | 不在持续了 | form ongoing or ask 结束
ongoing | 12387打过了，接电话的工号0236 | form phone_report or filing 0236 or form filing
ongoing | 备份没问题，凌晨2点那份是干净的 | note
ongoing | 摘掉两台web，流量降了一半 | note or ask 措施
ongoing | 商城恢复访问了 | form ongoing or ask 结束 or form site_outage_minutes
ongoing | 8点10分开始往外传的，这会儿已经停了 | span ongoing 08:10 09: or form ongoing or ask 08:10
ongoing | 刚刚 | left
ongoing | 撤销上一条 | ask 撤销
ongoing | 人数要改一下，不是120万，是102万人 | fact personal_info_people=1020000
ongoing | 封了ip，结果他换个ip又来了 | ask 持续 or running ongoing or form ongoing
ongoing | 别老问我，手上忙着 | silent or left
ongoing | 就昨晚1点到3点那一波，后面再没有过 | span ongoing 01:00 03:00 or ask 01:00 or form ongoing
outage | 要不要把站关了？ | note or view why
outage | 别纠结了，就按较大报 | cmd decide_level or form another_level or ask 较大
outage | 中断不到十分钟 | range site_outage_minutes 5 or ask 10
outage | 刚好了 | form ongoing or form site_outage_minutes or ask 09:5
outage | erp停了，商城没停 | form ongoing or form site_outage_minutes or ask 进销存 or ask 0分钟
outage | 有客户说打不开，我这边刷着是好的 | ask 不能访问 or ask 没有 or note or form ongoing
outage | 支付从8:55开始报错，下不了单，浏览可以 | ask 08:55 or note
outage | 没断，网站一直正常 | fact site_outage_minutes=0
outage | 这一个多小时订单大概损失了30万 | ask 30 or ask 1 or ask 小时
outage | 停满6个小时会不会升级 | note or view why
outage | 9点45我们自己关的站，挂了维护页 | running site_outage_minutes or ask 09:45
outage | app能用，网页打不开 | ask 不能访问 or form site_outage_minutes or form ongoing or note
outage | 上次618那回是宕了6小时，这次没那么惨 | note
judgement | 财务核了，直接经济损失87万元 | fact direct_loss_cny=870000 or ask 87
judgement | 还剩多久截止 | view status or view clocks
judgement | 较大 | form judgements or ask 较大 or form another_level or fact system_loss
judgement | 这题跳过，先往下走 | view next or closed or note
judgement | 3吧 | left
judgement | 选2 | left
judgement | 我觉得挺严重的，毕竟一百多万人 | form judgements or form another_level or ask 较大
judgement | 辛苦了🙏 | silent
judgement | 网站58分应该能起来 | note
judgement | 比上次轻多了 | left
judgement | 我们就一卖衣服的，威胁不到国家安全 | ask 未达到 or form judgements or note
judgement | 王磊你来答这个 | note or silent or cmd assign_item or form judgements
judgement | 是 | left
verdict | 人数有更新，最新是135万人 | fact personal_info_people=1350000
verdict | 我这边看过了没问题 | ask 稿 or form decide_approval or view text
verdict | 还差哪几项 | view checklist or view status or view next or view text
verdict | 退回，第3项趋势写得太满了 | form send_back or ask 退回 or ask 没有这一稿
verdict | 收到 | silent
verdict | 地点写浦东张江机房 | cmd fill_field or ask 地点
verdict | 短信通知先发了10万条出去 | note or ask 通知 or form filing
verdict | word版发我一份，老板要看 | view download
verdict | 第4项改成：初步判断为订单接口越权访问 | cmd fill_field
verdict | 级别能不能往下调成一般 | form another_level or view why or note
verdict | 明天上午开复盘会，都来啊 | note or silent
verdict | 等会10点我下班，王磊来顶 | ask 王磊 or note
verdict | 这稿子谁审批？ | form request_approval or view people or view text
verdict | 较大，确认 | cmd decide_level
`;
