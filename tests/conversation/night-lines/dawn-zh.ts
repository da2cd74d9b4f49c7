/** A third set, of people at the end of a night: answers on the way home, second thoughts, other people’s words. See `ends.ts`. */
export const DAWN_ZH = `
system | 出事的是商城那套，会员系统跟着它一起的 | fact system=shop or ask 网上商城
system | 不是商城，是进销存 | fact system=erp or ask 进销存
system | 哪个系统还没确认，先别急 | note or ask 不清楚 or closed
system | 我看像是进销存，不敢确定 | ask 进销存 or note
system | 昨晚八点多客服就接到电话了，说登录不上 | aware 30T20 or ask 20: or ask 八点多 | ongoing
system | 今早7点50安全组群里有人贴了截图 | ask 07:50 or ask 7点50 or aware 31T07:50 or note
system | 大概泄露了三四十万条会员信息 | ask 30 or ask 三四十万 or range personal_info_people 350000 or note | incident_type
system | 谁有机房的电话 | note or view people
system | 我先去洗把脸 | note
system | 数据库管理员在路上，9点半到 | note
system | 已经叫了外部的应急团队 | note
awareness | 值班员5点40看到的，以为是误报没管 | aware 31T05:40 or ask 05:40
awareness | 最早是6点半，客户在微博上@我们 | aware 31T06:30 or ask 06:30
awareness | 9点整，网安支队来的电话 | aware 31T09:00
awareness | 凌晨三点系统自己重启过一次 | note or ask 03:00
awareness | 供应商说他们昨天下午四点就知道了 | note or ask 16:00 or ask 四点
awareness | 7点多一点，监控短信 | aware 31T07 or ask 07: or ask 7点多
awareness | 昨天半夜，具体几点得查日志 | note or ask 00:00 or ask 不清楚
awareness | 反正不晚于8点 | ask 08:00 or note
awareness | 从日志看攻击者2点15分登录的 | note or ask 02:15
awareness | 我7点45接班，接班的时候就已经有告警了 | ask 07:45 or note or aware 31T07:45
awareness | 明天早上9点要给董事长汇报 | note
awareness | 上周就有过一次类似的 | note
awareness | 没人发现，是被勒索了才知道的，邮件8点22收到 | aware 31T08:22 or ask 08:22 | incident_type
type | 网页打不开，全是502 | ask 中断 or note or ask 系统
type | 文件全被加密了，桌面上有勒索信 | ask 勒索 or fact incident_type
type | 有人拿到了后台管理员密码 | note or ask 数据 or ask 泄露
type | 应该就是个误操作 | note or ask 操作 or ask 误
type | 就是普通的流量攻击 | ask 拒绝服务 or ask DDoS or fact incident_type or ask 攻击 or note
people | 初步看二十万出头 | range personal_info_people 205000 or ask 20
people | 8万6 | fact personal_info_people=86000 or ask 86
people | 导出的表有131万行，有重复 | ask 131 or note
people | 1.3亿 | fact personal_info_people=130000000 or ask 1.3
people | 不到五千 | range personal_info_people 4000 or ask 5000 or ask 5,000
people | 人数在一百万到一百五十万之间 | range personal_info_people 1200000
people | 其中未成年人大概两百个 | note or ask 200
people | 还在数，先按50万算 | ask 50 or range personal_info_people 500000 or fact personal_info_people=500000
people | 员工只有三千多人，客户的没事 | ask 3 or range personal_info_people 3500
people | 赔偿估计要两百万 | note or ask 200 or fact direct_loss_cny=2000000 or range direct_loss_cny 2000000
people | 我们一共也就80万注册用户 | ask 80 or note
ongoing | 9点20已经把口子堵上了 | form ongoing or ask 09:20 or span ongoing 0 09:20 or note
ongoing | 攻击停了，但是系统还没恢复 | form ongoing or note or running ongoing
ongoing | 还在往外传 | running ongoing or note or ask 仍在
ongoing | 说不好，看着像停了 | note or form ongoing or ask 不清楚
ongoing | 备用系统9点切过去了 | note or form ongoing
ongoing | 没完没了 | note or running ongoing
outage | 从8点10分断到8点55 | fact site_outage_minutes or span site_outage_minutes 08:10 08:55 or ask 45
outage | 前后四十来分钟 | range site_outage_minutes 40 or ask 40 or fact site_outage_minutes
outage | 现在还上不去，8点开始的 | running site_outage_minutes or ask 08:00
outage | 用户说卡，没有断 | note or ask 0 or fact site_outage_minutes=0
outage | 每次两三分钟，一共断了十几次 | note or ask 十几 or ask 2
judgement | 影响不算大吧 | note or left
judgement | 这个得问法务 | note or left
verdict | 王总说按重大报 | form another_level or ask 重大 or left
verdict | 那我们就不报了吧，才这么点 | left
verdict | 报之前让法务看一眼 | note or left
verdict | 措施加一条，9点40封了攻击IP | cmd fill_field or ask 措施 or note
verdict | 12387一直占线 | note or left
verdict | 我这边弄完了，剩下的交给王磊 | cmd hand_over or cmd add_person or left
verdict | 首报什么时候能出来 | left
system | 供应商自己昨天就发现了，今早8点才通知我们 | aware 31T08:00 or ask 08:00 or note
awareness | 外包那边3点就察觉了 | note or ask 03:00
`;
