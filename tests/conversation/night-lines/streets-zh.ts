/**
 * Lines by a stranger who saw neither the reader nor the earlier tables (30 Nov 2026): `state | line | end | also`. At first
 * try 71 of 100 ended as the stranger wanted, 2 were recorded wrong; with the ends added behind `or` that the product means
 * (a time that replaces one on record is confirmed, an end without a start opens the form, what the question does not ask
 * and the words do not name gets a button, words for "not known" stand in the language of the room) 77, 1 wrong.
 */
export const STREETS_ZH = `
system | 商城 | fact system=shop
system | 进销存那套，仓库全懵了 | fact system=erp
system | shop挂了啊 下单页白屏 | fact system=shop | site_outage_minutes incident_type
system | 是erp 不是商城哈 别搞混 | fact system=erp
system | 应该是商城吧 我人还在地铁上 | ask 网上商城
system | 张强说好像是进销存出的事 | ask 进销存
system | 会不会是商城那边？ | ask 网上商城 or note
system | 仓库打电话来说库存扫不进去了，进销存？ | ask 进销存
system | 商城没事，我刚下了一单还包邮 | note or ask 进销存
system | 邮箱今天也好卡 | note
system | 等我五分钟开电脑 | note
system | 好嘞 | silent
system | 这bot怎么用啊 第一次被拉进来 | view help
awareness | 我8点40看到告警的 | aware 31T08:40
awareness | 早上八点三十五发现的 | aware 31T08:35
awareness | 昨晚22:47就知道了，没人理我😂 | aware 30T22:47
awareness | 9点12收到客诉才知道的 | aware 31T09:12
awareness | 不对 更正下 是8:25知道的 不是8:52 | aware 31T08:25
awareness | 8:40 | aware 31T08:40 or ask 08:40
awareness | 大概八点半的样子吧 | ask 08:30
awareness | 听王磊说他好像九点零五看见的 | ask 09:05
awareness | 监控那条告警好像是8:17的 | ask 08:17
awareness | 刚起床 啥情况？ | view catchup or note
awareness | 10点半开会对一下口径 | note
awareness | 不知道 得翻记录 | ask Don or ask 不清楚
awareness | 八点四十还一切正常呢 | note or ask 08:40
awareness | 八点来钟？我手机没电了 记不得 | ask 08:00 or ask Don or note
type | 勒索 桌面上全是txt要比特币 | fact incident_type
type | 数据泄露 | fact incident_type=data.leak
type | ddos，峰值40G | fact incident_type
type | 会员库被拖了，确认 | fact incident_type=data.leak or ask 泄露
type | 首页被篡改了 变成赌博网站了我去 | fact incident_type
type | 感觉像钓鱼 有人点了发票那封邮件 | ask 钓鱼 or ask Phishing
type | 有点像ddos 但也可能就是爬虫 | ask DDoS or ask 拒绝服务
type | 八成是谁配错了 bucket开成public了 | ask 配置 or ask config or ask 泄 or ask leak
type | 不是勒索 没看到勒索信 | note
type | 会是数据泄露么？ | ask 泄 or ask leak or note
type | 上个月那次也是DDoS，这次还不好说 | note or ask Don
type | 我不懂技术 你们定 | note or ask Don
type | 谢谢老铁 | silent
people | 12万人 | fact personal_info_people=120000
people | 查出来了 48210个用户 | fact personal_info_people=48210
people | 一千三百零七个会员 | fact personal_info_people=1307
people | 3.6w人，去过重了 | fact personal_info_people=36000
people | 20万人左右 | range personal_info_people 200000
people | 十来万用户吧 | range personal_info_people 110000 or ask 100,000
people | 48210 | fact personal_info_people=48210 or ask 48,210
people | count出来52377条 没去重 | ask 52,377 or note
people | 听dba说可能有8万多人 | ask 80,000 or note
people | 全站会员86万，漏了多少还没数 | note or ask 860,000 or ask Don
people | 唔知喎 sql跑紧 | ask Don or ask 不清楚
people | 没有个人信息，表里全是商品 | fact personal_info_people=0 or ask 0 or note
people | 昨天才请了12个人吃火锅 今天就出事 服了 | note
ongoing | 还在漏！！ | running ongoing
ongoing | 8:50已经停了，啥时候开始的不晓得 | span ongoing 0 08:50 or form ongoing
ongoing | 凌晨3:10开始漏 8:50堵上 | span ongoing 03:10 08:50
ongoing | 从七点二十一直到现在都没停 | running ongoing
ongoing | 9点05拔的网线，之后就没再漏了 开始时间未知 | span ongoing 0 09:05 or form ongoing
ongoing | 应该停了吧？waf上没看到了 | left
ongoing | 不好说是不是还在跑 | ask Don or left
ongoing | 给我个表 我填时间 | form ongoing
ongoing | 准备10点把库停了 | note
ongoing | 张强在看日志 | note
ongoing | 没有证据说它已经停了 | left
ongoing | 可能8:30左右就停了 等流量报表 | ask 08:30 or form ongoing or note
outage | 8:15挂 8:48恢复 | span site_outage_minutes 08:15 08:48
outage | 还打不开 502 | running site_outage_minutes or form ongoing
outage | 挂了33分钟 | fact site_outage_minutes=33
outage | 45min，已恢复 | fact site_outage_minutes=45
outage | 七点五十八到八点四十二 | span site_outage_minutes 07:58 08:42
outage | 从8点20到现在都进不去 | running site_outage_minutes
outage | 大概半个小时吧 | ask 30 or range site_outage_minutes 30
outage | 好像断了二十分钟？我当时在刷牙 | ask 20 or note
outage | 网站没挂 就是慢得要死 | note or fact site_outage_minutes=0 or ask 0
outage | 争取10:15前拉起来 | left
outage | 我手机能打开啊 你们呢 | left
outage | 辛苦了兄弟们🙏 | silent
judgement | 1 | left
judgement | 2吧 | left
judgement | 法务还在看 先别定 | note
judgement | 这个我说了不算，问赵敏 | note or view people
judgement | 不确定 | ask Don or left or fact system_loss
judgement | 算了 | closed
judgement | 上次那个案子也没报啊 | note
judgement | 还剩多久必须报 | view clocks or view status
judgement | 补充：涉及48210人 | fact personal_info_people=48210 or ask 48,210
judgement | 对了 我最早8:40就知道了 前面没写 | aware 31T08:40 or ask 08:40
judgement | 好像有七千人受影响 没核过 | ask 7,000 or note
verdict | 人数更正，不是12万人，是8.6万人 | fact personal_info_people=86000
verdict | 等等 网站又挂了 还没恢复 | running site_outage_minutes or note
verdict | 系统写错了 是进销存 | fact system=erp or form correct
verdict | 为啥是较大不是一般 | left
verdict | 较大？老板不会同意的 | left
verdict | 下一步干嘛 | view next
verdict | 现在谁牵头啊 | view people
verdict | 几点之前要交 | view clocks or view status
verdict | 可能不止12万人，也许15万人 | ask 150,000 or note
verdict | 早餐谁点？ | silent or note
verdict | 👌 | silent or left
verdict | 听说好像8:12就有人看到告警了 | ask 08:12 or note
`;
