/** A second set of lines of tired people, written after the first one was mended. See `ends.ts`. */
export const LATE_ZH = `
system | 是进销存系统的数据库 | fact system=erp or ask 进销存
system | 两边都查过了，问题在商城 | fact system=shop or ask 网上商城
system | 商城半小时前开始打不开 | fact system=shop or ask 09:22 or running ongoing | ongoing awareness
system | 你先把事情登上 | note
awareness | 六点五十左右，保安打电话到值班室 | aware 31T06:50 or ask 06:50
awareness | 昨晚十一点半SOC发的单子，我今早七点看到的 | ask 十一点半 or aware 30T23:30 or ask 23:30
awareness | 我睡到7点才醒 | note or ask 07:00
awareness | 8点前都没人知道 | note
awareness | 应急预案要求8点开碰头会 | note
awareness | 8:05的告警，8:10转给我的 | ask 8:05 or aware 31T08:05
awareness | 不对不对，8点40才是告警时间 | aware 31T08:40 or ask 08:40
awareness | 大概两个小时前吧 | aware 31T07:52 or ask 07:52
awareness | 今天是31号 | note
type | 有人把我们官网改了 | ask 篡改 or note
type | 服务器在挖矿 | ask 挖矿 or fact incident_type
people | 几百个吧 | ask 几百 or ask 100 or ask 不清楚 or note or range personal_info_people 500
people | 应该不超过一千人 | ask 1000 or ask 1,000 or range personal_info_people 900
people | 120万，其中有效的80万 | ask 120 or ask 80 or note
people | 今天来了120个客户投诉 | note or ask 120
people | 只泄露了一部分，具体不知道 | ask 不清楚 or fact personal_info_people=unknown or note
people | 一百来个员工的信息 | ask 90 or range personal_info_people 110
people | 数据库里一共500万用户，泄露多少还在查 | ask 不清楚 or ask 500 or note
people | 没有用户受影响，只是内网 | fact personal_info_people=0 or ask 0
ongoing | 现在稳定了，9点10分恢复的 | form ongoing or ask 09:10 or span ongoing 0 09:10
ongoing | 攻击还没停，一直有流量进来 | running ongoing or note
ongoing | 没有再发生 | form ongoing or note or ask 结束
outage | 断了两次，一次10分钟一次20分钟 | ask 10 or note or form site_outage_minutes
outage | 三个小时左右 | fact site_outage_minutes or range site_outage_minutes 180 or ask 180 or ask 3小时
verdict | 截止前能报完吗 | note or view status or view next
verdict | 谁来签字 | note or view people or view draft or form request_approval or ask 审批
verdict | 上一条作废 | ask 撤销
verdict | 改成12万5千人 | fact personal_info_people=125000
verdict | 王磊说他来处理 | note or ask 王磊 or cmd hand_over or cmd add_person
verdict | 不是误报！ | note
verdict | 帮我把稿子导出来 | view download or view text or note
`;
