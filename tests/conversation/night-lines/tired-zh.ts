/** Lines as tired people type them at four in the morning: cut short, mistyped, two things in one, out of turn. See `ends.ts`. */
export const TIRED_ZH = `
system | 好像是网上商城那边 ERP没事 | fact system=shop or ask 网上商城
system | 商城和erp都中招了 | note or ask 商城
system | 不是我们的系统，是供应商的 | note or ask 其他
system | 商城，早上8点40客服说的 | fact system=shop | awareness
system | 8:40左右客服那边就有人反映了 | aware 31T08:40 or ask 08:40
system | 李伟你看一下 | note
system | 老板问影响多少人 | note
system | 有没有人在啊 | note or view people
system | 数据被人挂暗网卖了，声称有30万条 | ask 30 or note
awareness | 7点40 值班的小周看到告警 | aware 31T07:40
awareness | 昨天半夜 大概十二点半吧 监控报的 | aware 31T00:30 or ask 00:30
awareness | 今早七点来钟 | aware 31T07:00 or ask 07:00
awareness | 8点零5 | aware 31T08:05
awareness | 前天晚上就有人说慢了 没当回事 | note or ask 3月29日 or ask 29
awareness | 攻击者凌晨3点进来的 | note or ask 03:00
awareness | 刚才8点半说错了，是8点20发现的 | aware 31T08:20
awareness | 公安今天早上8点打的电话 | aware 31T08:00
awareness | 系统7点自动拦截了一次 | note or ask 07:00
awareness | 我到公司的时候快9点了 | note or ask 08:4 or ask 09:00
awareness | 7点50的邮件，8点15才打开 | ask 7点50 or aware 31T07:50
awareness | 等下我问问运维 | closed or note or ask 不清楚
awareness | 9点半还要跟领导汇报 | note
awareness | 重启时间是8点10分 | note
awareness | 漏洞是3月20号公布的 | note
awareness | 已经过去一个多小时了 | note or ask 08:
awareness | 早上8点16分56秒态势感知告警 | aware 31T08:16
type | 库被删了 | ask 破坏 or ask 丢失 or note
type | 员工把客户资料发错邮件了 | ask 泄露 or note
type | 网站打不开 不知道是不是被打了 | note or ask 不清楚 or ask 拒绝服务
type | 不像是泄露 | note
type | 有人冒充我们发短信 | note or ask 仿冒 or ask 假冒
people | 十来万 | range personal_info_people 110000 or ask 10
people | 差不多一百二三十万 | range personal_info_people 1250000 or ask 120
people | 不会超过5000 | range personal_info_people 4000 or ask 5,000
people | 目前确认的有8.6万，还在涨 | fact personal_info_people or range personal_info_people 86000 or ask 8.6
people | 会员总共200万，泄露的就一部分 | note or ask 200 or ask 不清楚
people | 100多人投诉了 | note or ask 100
people | 没人受影响 | fact personal_info_people=0 or ask 0
people | 7.5W左右 | range personal_info_people 75000
people | 多少人这个要问DBA | fact personal_info_people=unknown or ask 不清楚
people | 50万个手机号 | ask 50 or fact personal_info_people=500000
people | 我们部门就3个人值班 | note or ask 3
ongoing | 八点断的网，之后就没再传了 | span ongoing 0 08:00 or form ongoing or ask 08:00 or ask 结束
ongoing | 还没完呢 | running ongoing
ongoing | 7点半到8点50 | span ongoing 07:30 08:50
ongoing | 已经处理好了 | form ongoing or ask 结束 or form end_handling or ask 处置
ongoing | 应该从昨晚就开始了，现在还有流量 | running ongoing or ask 现在 or form ongoing or note
outage | 到现在快俩小时了 | ask 07:52起，仍在持续
outage | 断断续续的，加起来有一个半小时 | fact site_outage_minutes=90 or ask 90 or ask 1小时30 or form site_outage_minutes
verdict | 啥时候必须报完 | view status or view next
verdict | 还有多久到期 | view status or view next
verdict | 网信办电话多少 | view owed or view phone or note or view next or form phone_report
verdict | 刚跟李总说了，他同意报 | note or ask 审批 or form decide_approval
verdict | 不用报警吧 | note or view why or ask 报案 or ask 犯罪
verdict | 报错了，人数应该是12万 | fact personal_info_people=120000 or ask 12
verdict | 措施：1.断网 2.改密码 3.留日志 | cmd fill_field
verdict | 撤回 | ask 撤销
verdict | 王磊你来接一下，我去机房 | ask 王磊 or note or cmd hand_over or cmd add_person
verdict | 不要报了 先停一下 | form not_reportable or closed
verdict | 稿子发我看看 | view text or view download or view next or cmd compile_draft
verdict | 电话已打，工号0562 | filing 0562
verdict | 级别不对吧，怎么也得重大 | form another_level or view why or ask 重大
verdict | 现在什么情况，刚起来 | view catchup or view status or view next
verdict | 没有造成损失 | fact direct_loss_cny=0 or ask 损失 or note
`;
