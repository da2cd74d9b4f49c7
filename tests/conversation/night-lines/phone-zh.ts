/** Lines from a phone: pasted, quoted, half English, in the words of Hong Kong and Taiwan, two facts in one. See `ends.ts`. */
export const PHONE_ZH = `
system | 網上商城，會員資料外洩 | fact system=shop or ask 网上商城 | incident_type
system | shop那边的DB被拖了 | ask 网上商城 or fact system=shop or ask 泄露 or note | incident_type
system | erp没事，是商城 | fact system=shop or ask 网上商城
system | 老王说是商城的会员库，我还没看到 | ask 网上商城 or fact system=shop or note
system | 啊？哪个系统？ | note or left
system | 昨晚11点40监控就报了，没人看 | aware 30T23:40 or ask 23:40
system | 22:15收到勒索邮件，商城首页也打不开了 | aware 30T22:15 or ask 22:15 | system incident_type
system | 客诉从今早6点开始进来，涉及120万会员 | ask 06:00 or ask 120 or aware 31T06:00 | personal_info_people
system | 【WAF】2026-03-31 08:47:13 SQL注入 拦截 src=203.0.113.8 | aware 31T08:47 or ask 08:47 or note
system | 转发：赵敏：昨天下午5点就有人投诉了 | ask 17:00 or aware 30T17:00
system | 我在高铁上信号不好，半小时后到 | note
system | 唔該邊個可以睇下 | note
system | 这个群还有外人吗 | note or view people or left
system | 帮我盯一下，我去开门 | note
awareness | 今朝8點半收到客戶電話 | aware 31T08:30
awareness | 早上八點三刻，SOC通報 | aware 31T08:45
awareness | 昨晚23:05 EDR alert | aware 30T23:05
awareness | 差10分9点 客服转来的投诉 | aware 31T08:50 or ask 08:50
awareness | 值班日志写的是07:12首次告警 | aware 31T07:12 or ask 07:12
awareness | 赵敏说她6点50就接到网信办电话了 | aware 31T06:50 or ask 06:50
awareness | 不记得了，反正天刚亮 | note or ask 不清楚
awareness | 八点，不对，七点半接到的电话 | aware 31T07:30 or ask 07:30
awareness | 早上七八点吧 | ask 07: or ask 七八点 or aware 31T07 or note
awareness | 下班前 大概17点50 客户说收到诈骗短信 | aware 30T17:50 or ask 17:50
awareness | 23点打完补丁之后就好了 | note or ask 23:00
awareness | 今天9点的例会取消 | note
awareness | 0点整的定时任务失败了 | note or ask 00:00
awareness | 昨儿个夜里两点来钟，机房值班的发现的 | aware 31T02:00 or ask 02:00 or aware 30T02:00
awareness | 8:31AM 收到 AWS abuse 邮件 | aware 31T08:31 or ask 08:31
awareness | 大概一个半小时前收到的通知 | aware 31T08:22 or ask 08:22
awareness | 最早的工单是08:05建的 | aware 31T08:05 or ask 08:05
type | 中毒了，一堆电脑弹窗要比特币 | ask 勒索 or fact incident_type or ask 恶意 or ask 病毒
type | 資料外洩 | fact incident_type=data.leak or ask 泄露
type | 好像是撞库 | ask 泄露 or ask 数据 or ask 攻击 or note
type | 首页被挂了博彩链接 | ask 篡改 or fact incident_type or note
type | ddos吧，带宽打满了 | ask 拒绝服务 or fact incident_type or ask DDoS
type | 先别问类型 | note or closed or left
people | 120w+ | fact personal_info_people or ask 120 or range personal_info_people 1300000
people | 一百二十萬左右 | range personal_info_people 1200000
people | 3,500人 | fact personal_info_people=3500
people | 三五千吧 | range personal_info_people 4000 or ask 3
people | 会员表1,204,311条，去重后98万人 | ask 98 or fact personal_info_people=980000 or note or ask 1,204
people | 昨天说的5万不对，现在查到是7万2 | fact personal_info_people=72000 or ask 7
people | 最多不超过两万，最少八千 | range personal_info_people 15000 or ask 8
people | 半百万 | fact personal_info_people=500000 or ask 50 or note
people | 人数DBA在统计，10点给 | note or ask 不清楚 or fact personal_info_people=unknown
people | 被骗的有6个，报了警 | note or ask 6
ongoing | 还在打 | running ongoing
ongoing | 9:05切断外网后没有再发现外传 | span ongoing 0 09:05 or form ongoing or ask 09:05 or note
ongoing | 搞定 | form ongoing or ask 结束 or ask 处置 or note or form end_handling
ongoing | 一直到刚才9点40才停 | form ongoing or ask 09:40 or span ongoing 0 09:40
outage | 7:10开始挂，8:25恢复 | span site_outage_minutes 07:10 08:25 or ask 75 or fact site_outage_minutes
outage | 宕机俩半钟头 | fact site_outage_minutes=150 or ask 150 or ask 2
outage | 到现在还是502 | running site_outage_minutes or note or ask 仍 or form ongoing
judgement | 领导说不严重，你们看着办 | note or left
verdict | 几时要交 | view status or view next
verdict | 改成一百三十五万 | fact personal_info_people=1350000 or ask 135
verdict | 措施补充：9:30 已重置管理员口令 | cmd fill_field or ask 措施 or note
verdict | 我眯一会，有事打王磊电话 | note or left or ask 王磊
verdict | 老板让先压一压别报 | left
verdict | 刚才那条删掉 | ask 撤销 or note or form delete_field
verdict | 截止时间是不是可以按10点算 | note or view status or view why or left
`;
