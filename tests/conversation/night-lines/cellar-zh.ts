/** Chinese lines of a stranger who had never seen the bot, at first sight 88 of 100 of them ended as wanted. */
export const CELLAR_ZH = `
system | 商城 进销存没事我刚看过 | fact system=shop
system | 会员app那边也登不上了 不光网站 | ask 其他系统 or ask 网上商城
system | 好像是jxc那台?我vpn还没连上 | ask 进销存
system | prod-shop-web-02 cpu打满 load 87 | ask 网上商城
system | 先问一句,这个属不属于必须报的,时限从哪个点起算 | view question
system | 老王你人呢 电话也不接 | silent
system | 客户说付款页跳到一个卖茶叶的网站去了 真的假的 | ask 网上商城 or ask 篡改
system | 哎呀点错了 不是商城 | view answers or ask 撤销 or ask 进销存
system | 仓库小刘说今早扫码入库一直报错,不晓得跟这个有没有关系 | ask 系统：不清楚
system | 就是进销存 库文件全变.lockbit后缀了 草 | fact system=erp
system | bot你能不能别每句都接话 | ask 提醒
system | 上周二商城也挂过一次,那次是证书过期 | note
system | 法务在。受影响系统的备案主体是哪一家公司,这个要先搞清楚 | note
system | 供应商对账门户 不是咱自己那三个 | ask 其他系统
awareness | 九点零七 阿里云告警短信 我看到的 | aware 31T09:07
awareness | 不是9:10 是8:52收到的,我翻了钉钉记录 | aware 31T08:52
awareness | 王女士八点三刻打进来说的呀,小吴当时就记工单了 | aware 31T08:45
awareness | 大概八点半九点之间吧 那会我在地铁上没信号 | ask 八点半
awareness | 昨晚23点多zabbix就响过 没人理 | ask 获知时间：3月30日23:00
awareness | 【监控】2026-03-31 08:41:17 P1 shop-db 慢查询 12000ms | ask 获知时间：08:41
awareness | 知悉以任一员工收到为准还是以负责人收到为准,这点先别写死 | note or view question
awareness | 最晚几点之前要报出去 给个准数 | view status
awareness | 我才醒 99+条 谁给我讲讲啥情况 | view catchup
awareness | 邮件 9点整到的 发件人一串乱码 说库在他手上 要3个btc | aware 31T09:00 or ask 获知时间：09:00
awareness | 半小时前吧小陈喊我我才晓得 | ask 获知时间：09:22
awareness | 上一条撤掉 我看错时区了那是utc | ask 撤销 or view answers
awareness | 早饭还没吃呢 饿 | silent
awareness | 供应商今早9:15微信通知我方,截图已存证 | aware 31T09:15
type | 数据泄露 没跑了 帖子里那几条样本我核过 是真会员 | fact incident_type=data.leak
type | 勒索,桌面上躺着个readme要赎金 | fact incident_type=malware.ransomware
type | 不是ddos!!流量正常的别瞎写 | note
type | 感觉像被人拖库了 手上没证据 | ask 数据泄露事件
type | webshell找到了 /upload/1.jsp 实锤入侵 | ask 失陷主机 or ask 后门
type | 首页变成一个骷髅头了我去 截图发群里了 | ask 网页篡改事件
type | 财务有个姑娘点了个假的社保邮件 密码也填进去了 | ask 网络钓鱼事件
type | 可以选两个伐 两个都沾边 | view question
type | 可能就是个bug,昨晚十点刚上的版本 | ask 技术故障事件
type | 110我已经打过了 说让去浦东网安支队做笔录 | ask 已报案
type | 定性之前请各位不要在群里写"泄露"两个字,谢谢 | note
type | 我要进会议室了 后面的问题转给李伟 | form people
type | 八成是对面那家干的 双十一就搞过我们 | note
type | 选错了 改成ddos 王磊确认过的 | ask 拒绝服务事件
people | 四十三万两千个用户 count distinct跑出来的 | fact personal_info_people=432000
people | 86200人,去过重 | fact personal_info_people=86200
people | 10w+条订单 几个人不知道 | note or ask 10万
people | 全部会员差不多一百二十万,是不是全漏了难讲 | ask 泄露公民个人信息涉及人数：108万至132万人
people | 几千个吧 我瞎蒙的 | ask 泄露公民个人信息涉及人数：2,000至不足1万人
people | 漏的字段:手机号 收货地址 身份证后四位,密码加盐的没事 | ask 个人信息种类
people | 0个 那是测试库 里头全是假数据 | ask 泄露公民个人信息涉及人数：0人
people | 多少人以上算较大来着 | view why
people | 刚那个八万六不对 还有张表没算 总共91,350人 | fact personal_info_people=91350
people | 到现在37个客户打进来骂了 我嗓子都哑了 | note
people | 童装那边有填宝宝生日的 会不会也在里面啊 | note
people | 给客服来一版话术呗,人家问我我都不晓得咋回 | note or view script
people | 敏感个人信息与一般个人信息请分开统计,敏感部分我来核 | note
people | 😭😭😭救命 | silent
ongoing | 还在搞 刚又来个新ip撞登录口 | ask 09:20起，仍在持续
ongoing | 停了 9:38公网口封掉之后就没动静了 | form ongoing
ongoing | 凌晨两点四十开始的 日志最早一条就那 | running ongoing 02:40
ongoing | 应该止住了吧 我在盯十分钟 | form ongoing
ongoing | 不好说,日志被删了一截 | note
ongoing | 3/30 22:15 ~ 3/31 06:50 access.log就这段异常 前后都干净 | span ongoing 22:15 06:50
ongoing | 过十分钟叫我一声 我再看一眼 | ask 推迟提醒10分钟
ongoing | 12387打了 占线 | note
ongoing | @王磊 你倒是吱一声 还在被打吗 老板就站我边上 | silent
ongoing | 虚惊!!!安全组在压测 没通知我们 服了 | ask 误报
ongoing | app 9点25恢复了,商城还没好 | form ongoing
ongoing | 好像半夜就开始了 保安讲机房灯闪了一宿 | form ongoing
ongoing | 把目前掌握的情况归纳一下,我要向董事长汇报 | view catchup
ongoing | 备份还在 晚上准备还原 | note
outage | 挂了47分钟 | fact site_outage_minutes=47
outage | 8:55到9:31打不开 之后好了 | span site_outage_minutes 08:55 09:31
outage | 一个钟头不到一点点 | ask 59分钟
outage | 没断过呀 一直能下单的 | fact site_outage_minutes=0
outage | 九点零三挂的 到现在没起来 | running site_outage_minutes 09:03
outage | 有的地方能开有的不能,我妈在苏州就能开 | note
outage | 1h20m uptimerobot截图为证 | ask 网站因攻击、故障不能访问的时长：1小时20分
outage | 计划内维护那二十分钟是否应当扣除? | note
outage | nginx重启了 xdm再试试 | note
outage | 按昨天同期算 停一小时差不多少卖六万块 | ask 6万
outage | 哦是我家wifi断了哈哈哈哈 当我没说 | silent
outage | 光退款今早已经赔出去3,480块 | ask 直接经济损失（元）：3,480元
outage | 导个word给我 留底 | view download
outage | 9:20挂的 哦不对 9:12 | ask 09:12
judgement | 我定了 严重。——李伟 | form judgements
judgement | 较严重?领导们有别的意见再说 | form judgements
judgement | 特别严重,这个我和张总电话里定下来的 | form judgements
judgement | 没威胁 就是硬盘写满了 清完就好 | ask 技术故障 or form judgements
judgement | 严重个屁 | form judgements
judgement | 小红书上有人发了 评论两百多了都 | note
judgement | 这四档啥区别 看不懂 | view question
judgement | 该判断应由负责人作出,我只能出意见,不能替李伟选 | note or form people
judgement | 陈洁讲客户个个都说很严重 | form judgements
judgement | 这题先跳过 等磊哥查完再说 | ask 系统损失：不清楚
judgement | 就第三个按钮 较为严重那个 | form judgements
judgement | 派出所受案回执拿到了 编号我等下拍 | ask 已报案
judgement | 头大 | silent
verdict | 较大?凭啥 依据第几条 | view why
verdict | 12387我来打 | note or view people or view script
verdict | 12387打通了 工号3062的女士接的 9:46挂的电话 | ask 确认登记报送
verdict | 初稿放出来,我逐条看 | view text
verdict | 批了 发吧 | ask 出稿
verdict | 先别报!等我看完 | closed
verdict | 到底谁报 赵敏还是李伟 | view people
verdict | 还剩几分钟啊 手在抖 | view status
verdict | 人数要改 刚跑完 一百零三万五千人 会不会升级啊 | fact personal_info_people=1035000
verdict | 谢谢小机器人 比老王靠谱多了 | silent
verdict | 草稿里"黑客"请改为"未经授权的第三方",措辞要经得起诉讼 | view text or note or ask 稿
verdict | 客户那边我先群发短信了哈 只说系统升级 | note
verdict | 对面又加价 5个btc 今晚八点前不给就公开 | ask 勒索软件事件
`;
