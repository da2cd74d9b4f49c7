/**
 * What people on night duty in a Chinese company type, and how each line has to end: `state | line | end`. Several ends
 * that are right are separated by " or ". See `ends.ts` for the states and the ends.
 */
export const ZH = String.raw`
system | 昨晚九点多发现的，客户打电话投诉 | aware 30T21:00
system | 09:20 运维告警 | aware 31T09:20
system | 昨晚9点客服接到投诉 | aware 30T21:00
system | 就是商城，会员那边不确定 | fact system=shop
system | 商城 | fact system=shop
system | 进销存 | fact system=erp
system | 应该是网上商城吧 | fact system=shop or ask 网上商城
system | 不是商城，是进销存 | fact system=erp or ask 进销存
system | 泄露了120万人 | fact personal_info_people=1200000
system | 大概泄露了十几万用户 | ask 人 or fact personal_info_people
system | 现在怎么办 | view next
system | 备份是凌晨2点做的 | note
system | 刚给李伟打了电话，没人接 | note
system | 日志只保留到昨天18:00 | note
system | 攻击路径：VPN弱口令 | cmd fill_field
system | 两个都有 | note
system | 还没搞清楚是哪个系统 | fact system=unknown or ask 不清楚
system | 数据库被人拖了，运维9点20发现的 | aware 31T09:20
system | 谁在线？ | note or view people
awareness | 9点还好好的 | note
awareness | 8点半交接班的时候还正常 | note
awareness | 昨晚10点发的版 | note
awareness | 快一点 | note
awareness | 昨晚快十二点监控告警 | aware 30T23:45
awareness | 上午9点1刻收到的告警 | aware 31T09:15
awareness | 九点过五分发现的 | aware 31T09:05
awareness | 九点20，不对九点30收到通报 | aware 31T09:30
awareness | 今天早上九点一刻，老赵在群里说的 | aware 31T09:15
awareness | 9点20 | aware 31T09:20
awareness | 昨晚11点 供应商来电 | aware 30T23:00
awareness | 刚刚发现的 | aware 31T09:52 or ask 09:52
awareness | 半小时前SIEM告警 | aware 31T09:22
awareness | 不知道，问老赵 | ask 不清楚 or fact first_notice=unknown
awareness | 不清楚 | fact first_notice=unknown
awareness | 凌晨三点多安全部的人收到邮件 | aware 31T03:00
awareness | 9点多吧 | aware 31T09:00
awareness | 刚打完12387 | form phone_report or form filing or ask 登记
awareness | 刚刚报警了 | ask 报案 or ask 公安
awareness | 现在是几级 | view why or view status
awareness | 现在到哪一步了 | view next or view status
awareness | 下午三点开会 | note
awareness | 网信办9点打来电话说我们的数据在卖 | aware 31T09:00
awareness | 昨天18点有一次备份失败 | note
awareness | 上周五做过渗透测试 | note
awareness | 应该是凌晨两点多吧，具体看日志 | ask 02:00
awareness | 今早8点50我收到短信告警，9点10分才看到 | ask 8点50 or aware 31T08:50
awareness | 9点之前没有人发现 | note or ask 09:00
type | 泄露 | fact incident_type=data.leak or ask 泄露
type | 应该是被勒索了 | ask 勒索
type | 中了勒索病毒，文件都加密了 | ask 勒索 or fact incident_type
type | 网站首页被篡改了 | ask 篡改 or fact incident_type
type | 不是勒索 | note
people | 大概10万条吧，姓名手机号都有 | ask 9万
people | 120多万用户吧，姓名手机号地址都有 | fact personal_info_people or ask 120
people | 约95万 | range personal_info_people 950000
people | 90来万人 | range personal_info_people 910000
people | 100万上下 | range personal_info_people 990000
people | 100万左右 | range personal_info_people 1010000
people | 2吧 | ask 2
people | 2 | ask 2
people | 没有 | fact personal_info_people=0
people | 没有（0） | fact personal_info_people=0
people | 不止50万 | fact personal_info_people or ask 50万
people | 还在统计 | fact personal_info_people=unknown or ask 不清楚
people | 昨天导出记录里看有3个文件 | note
people | 服务器上有200个G | note
people | 至少20万，最多50万 | range personal_info_people 300000
people | 客服接了30多个电话 | note
people | 120万 | fact personal_info_people=1200000
people | 运维来了5个人 | note or ask 5
people | 是120万条，不是人 | ask 120万 or note
people | 昨晚9点客户投诉的 | aware 30T21:00 or ask 21:00
ongoing | 中断了半小时 | ask 停 or form ongoing
ongoing | 8点开始的，刚刚停了 | span ongoing 08:00 09:52
ongoing | 还在 | running ongoing
ongoing | 没停 | running ongoing
ongoing | 停了 | form ongoing or ask 停
ongoing | 已经停了 | form ongoing or ask 停
ongoing | 还在继续 | running ongoing
ongoing | 从昨晚11点开始，今天9点恢复了 | span ongoing 23:00 09:00
ongoing | 现在怎么办 | view next
ongoing | 昨天10点升级过防火墙 | note
ongoing | 刚刚报警了 | ask 报案 or ask 公安
ongoing | 现在还不能下线，老板没同意 | note
outage | 6小时 | fact site_outage_minutes=360
outage | 半小时 | fact site_outage_minutes=30
outage | 中断了40分钟 | fact site_outage_minutes=40
outage | 从8点到现在还打不开 | running site_outage_minutes
outage | 没断过 | fact site_outage_minutes=0 or ask 没有 or note
judgement | 1 | ask 研判 or form judgements
judgement | 没什么影响 | note
verdict | 误报 | cmd withdraw_declaration
verdict | 是误报，关掉吧 | cmd withdraw_declaration
verdict | 已报警 | ask 报案 or ask 公安
verdict | 打过12387了 | form phone_report or form filing or ask 登记
verdict | 刚打完12387，对方工号3321，受理号2026-1129-17 | filing 3321 2026-1129-17
verdict | 报给谁 | view owed
verdict | 几点截止 | view status
verdict | 下一步干嘛 | view next
verdict | 我该干什么 | view next
verdict | 我来接班 | cmd take_lead or ask 牵头
verdict | 交班给王磊 | ask 王磊 or cmd add_person or cmd hand_over or cmd add_person
verdict | 按较大报 | cmd decide_level or ask 较大
verdict | 导出word | view download
verdict | 撤销 | ask 撤销
verdict | 取消 | closed
verdict | 算了，还是报吧 | closed
verdict | 先不弄了 | closed
verdict | 等一下 | closed
verdict | 先不报 | form not_reportable
verdict | 处置结束：漏洞已修复，18点后没有异常 | ask 确认
verdict | 撤出聊天工具 | ask 确认
verdict | 暂不报告：未达标准 | form not_reportable
verdict | 结案：处置完毕 | ask 确认
verdict | 改成30万 | fact personal_info_people=300000
verdict | 改成昨晚九点半 | running ongoing or ask 21:30
verdict | 收到 | silent
verdict | 今晚大家辛苦了 | silent
verdict | 关基？不是 | fact operator=other or note or ask 关
verdict | 稿子 | view text or view next or cmd compile_draft
verdict | 告警来源：态势感知\n告警时间：2026-03-31 08:31:22\n源IP：203.0.113.7\n目的主机：shop-1\n类型：异常外传流量 | ask 新建事件
`;
