package io.gops.diagnostic;

/// Every diagnostic the compiler can give. A code is never reused and never changes its meaning.
///
/// Ranges: 1xxx syntax, 2xxx names, types, units, 3xxx capacity, 4xxx network, 5xxx pairing, hot
/// update and rollout, 6xxx output and target, 7xxx style, 9xxx internal. The text of each stands
/// in the message catalogue, its page in `docs/diagnostics/`.
public enum Code {
  // 1xxx syntax
  /// The file is not UTF-8.
  GOPS1001(Failure.SOURCE),
  /// The file holds a NUL character.
  GOPS1002(Failure.SOURCE),
  /// A character that begins no token.
  GOPS1003(Failure.SOURCE),
  /// A character that only looks like one of the language.
  GOPS1004(Failure.SOURCE),
  /// A string without closing quote.
  GOPS1005(Failure.SOURCE),
  /// A block comment without end.
  GOPS1006(Failure.SOURCE),
  /// A string in other than double quotes.
  GOPS1007(Failure.SOURCE),
  /// A comment that begins with a hash.
  GOPS1008(Failure.SOURCE),
  /// A name with letters outside ASCII.
  GOPS1009(Failure.SOURCE),
  /// An unknown escape in a string.
  GOPS1010(Failure.SOURCE),
  /// A broken interpolation in a string.
  GOPS1011(Failure.SOURCE),
  /// A control character in a string.
  GOPS1012(Failure.SOURCE),
  /// Brackets nested too deep.
  GOPS1013(Failure.SOURCE),
  /// A bracket that is not closed.
  GOPS1014(Failure.SOURCE),
  /// A bracket without partner.
  GOPS1015(Failure.SOURCE),
  /// A block without opening brace.
  GOPS1016(Failure.SOURCE),
  /// An opening brace on a line of its own.
  GOPS1017(Failure.SOURCE),
  /// A colon instead of an equals sign.
  GOPS1018(Failure.SOURCE),
  /// A comparison or definition sign instead of an equals sign.
  GOPS1019(Failure.SOURCE),
  /// A semicolon.
  GOPS1020(Failure.SOURCE),
  /// A colon instead of `from`.
  GOPS1021(Failure.SOURCE),
  /// A comma with nothing before it.
  GOPS1022(Failure.SOURCE),
  /// A value is missing.
  GOPS1023(Failure.SOURCE),
  /// A name is missing.
  GOPS1024(Failure.SOURCE),
  /// An endpoint is missing.
  GOPS1025(Failure.SOURCE),
  /// An arrow is missing.
  GOPS1026(Failure.SOURCE),
  /// A text in quotes is missing.
  GOPS1027(Failure.SOURCE),
  /// A constant without equals sign.
  GOPS1028(Failure.SOURCE),
  /// A whole number is missing.
  GOPS1029(Failure.SOURCE),
  /// A list is missing.
  GOPS1030(Failure.SOURCE),
  /// An annotation without declaration.
  GOPS1031(Failure.SOURCE),
  /// Something behind the end of a statement.
  GOPS1032(Failure.SOURCE),
  /// A block without kind.
  GOPS1033(Failure.SOURCE),
  /// A word that is neither assignment nor declaration.
  GOPS1034(Failure.SOURCE),
  /// A declaration with an equals sign.
  GOPS1035(Failure.SOURCE),
  /// A space between a number and its unit.
  GOPS1036(Failure.SOURCE),
  /// A version without quotes.
  GOPS1037(Failure.SOURCE),
  /// No valid address.
  GOPS1038(Failure.SOURCE),
  /// No valid time of day.
  GOPS1039(Failure.SOURCE),
  /// A number that no member can have.
  GOPS1040(Failure.SOURCE),
  /// An object with something else than assignments.
  GOPS1041(Failure.SOURCE),
  /// A list that mixes points and values.
  GOPS1042(Failure.SOURCE),
  /// A sum or product with too many terms.
  GOPS1043(Failure.SOURCE),
  /// An import or constant inside a block.
  GOPS1044(Failure.SOURCE),
  /// List elements without comma.
  GOPS1045(Failure.SOURCE),
  /// Two statements on one line without comma.
  GOPS1046(Failure.SOURCE),
  /// A port is missing.
  GOPS1047(Failure.SOURCE),
  /// A dotted path without value.
  GOPS1048(Failure.SOURCE),

  // 2xxx names, types, units
  /// A kind that may not stand at the top level of a file.
  GOPS2001(Failure.SOURCE),
  /// A kind that may not stand in this block.
  GOPS2002(Failure.SOURCE),
  /// A value of the wrong type.
  GOPS2003(Failure.SOURCE),
  /// A word that is none of those allowed.
  GOPS2004(Failure.SOURCE),
  /// An attribute that the kind does not have.
  GOPS2005(Failure.SOURCE),
  /// An attribute that must be given is missing.
  GOPS2006(Failure.SOURCE),
  /// An attribute is set twice.
  GOPS2007(Failure.SOURCE),
  /// Two declarations have one name.
  GOPS2008(Failure.SOURCE),
  /// A number or quantity is out of range.
  GOPS2009(Failure.SOURCE),
  /// A text has the wrong form.
  GOPS2010(Failure.SOURCE),
  /// A unit that does not exist.
  GOPS2011(Failure.SOURCE),
  /// A unit with two readings.
  GOPS2012(Failure.SOURCE),
  /// A number without the unit it needs.
  GOPS2013(Failure.SOURCE),
  /// A quantity that is no whole number of base units.
  GOPS2014(Failure.SOURCE),
  /// A number or quantity that is too large to calculate with.
  GOPS2015(Failure.SOURCE),
  /// A name that nothing declared has.
  GOPS2016(Failure.SOURCE),
  /// A name that is no constant and stands for nothing here.
  GOPS2017(Failure.SOURCE),
  /// A constant that depends on itself.
  GOPS2018(Failure.SOURCE),
  /// A template that does not exist.
  GOPS2019(Failure.SOURCE),
  /// A template of another kind.
  GOPS2020(Failure.SOURCE),
  /// Templates that inherit from each other in a circle.
  GOPS2021(Failure.SOURCE),
  /// A template's required name is not given.
  GOPS2022(Failure.SOURCE),
  /// Ranges that belong together differ in length.
  GOPS2023(Failure.SOURCE),
  /// An override of a member that does not exist.
  GOPS2024(Failure.SOURCE),
  /// Two zones declarations have a zone in common.
  GOPS2025(Failure.SOURCE),
  /// A label is missing, superfluous or of the wrong form.
  GOPS2026(Failure.SOURCE),
  /// A kind with variants without one.
  GOPS2027(Failure.SOURCE),
  /// A block where an attribute belongs, or the other way round.
  GOPS2028(Failure.SOURCE),
  /// A nested block that must be given is missing.
  GOPS2029(Failure.SOURCE),
  /// A file that does not exist.
  GOPS2030(Failure.SOURCE),
  /// A path that leads out of the fleet's folder.
  GOPS2031(Failure.SOURCE),
  /// Files that import each other in a circle.
  GOPS2032(Failure.SOURCE),
  /// A file that cannot be read.
  GOPS2033(Failure.SOURCE),
  /// A folder without `fleet.gops`.
  GOPS2034(Failure.SOURCE),
  /// An include pattern that names no file.
  GOPS2035(Failure.SOURCE),
  /// Several clusters and nothing that says which one is meant.
  GOPS2036(Failure.SOURCE),
  /// A literal that looks like a password or key.
  GOPS2037(Failure.SOURCE),
  /// A generated name that is too long for Kubernetes.
  GOPS2038(Failure.SOURCE),
  /// Something that may not stand here.
  GOPS2039(Failure.SOURCE),
  /// A port that an endpoint does not have.
  GOPS2040(Failure.SOURCE),
  /// `+=` on something that is no list.
  GOPS2041(Failure.SOURCE),
  /// A version without an image for one of its containers.
  GOPS2042(Failure.SOURCE),
  /// A version with an image for a container that does not exist.
  GOPS2043(Failure.SOURCE),
  /// Several containers could be meant.
  GOPS2044(Failure.SOURCE),
  /// Two things have one address or port number.
  GOPS2045(Failure.SOURCE),
  /// A range that ends before it begins.
  GOPS2046(Failure.SOURCE),
  /// A range with too many members.
  GOPS2047(Failure.SOURCE),
  /// Arithmetic that means nothing or is not exact.
  GOPS2048(Failure.SOURCE),
  /// A range without members.
  GOPS2049(Failure.SOURCE),
  /// No cluster is declared.
  GOPS2050(Failure.SOURCE),
  /// A prefix with bits behind its length.
  GOPS2051(Failure.SOURCE),
  /// Versions that are written from each other in a circle.
  GOPS2052(Failure.SOURCE),
  /// An attribute that does not fit this kind of gateway.
  GOPS2053(Failure.SOURCE),
  /// A port on the side of a rule that opens the connection.
  GOPS2054(Failure.SOURCE),
  /// A subnet outside its VPC.
  GOPS2055(Failure.SOURCE),
  /// An override of an environment that is no path to an attribute.
  GOPS2056(Failure.SOURCE),
  /// An attribute that an environment may not set.
  GOPS2057(Failure.SOURCE),
  /// An override of an environment for something that it does not have.
  GOPS2058(Failure.SOURCE),
  /// An annotation that there is not.
  GOPS2059(Failure.SOURCE),
  /// A suppression without code or reason.
  GOPS2060(Failure.SOURCE),
  /// An argument of an annotation that cannot be read.
  GOPS2061(Failure.SOURCE),
  /// A suppression of an error.
  GOPS2062(Failure.SOURCE),
  /// An IPv6 address where only IPv4 is supported so far.
  GOPS2063(Failure.SOURCE),
  /// `${zone.id}` or `${side}` in a text that all zones share.
  GOPS2064(Failure.SOURCE),
  /// A secret inside a text.
  GOPS2065(Failure.SOURCE),
  /// A secret for pulling images without a login to a registry.
  GOPS2066(Failure.SOURCE),
  /// More members in all ranges together than a fleet may have.
  GOPS2067(Failure.SOURCE),
  /// Constants that make the texts of a fleet too long.
  GOPS2068(Failure.SOURCE),
  /// Measured points that do not begin with nobody online.
  GOPS2081(Failure.SOURCE),
  /// Measured points that do not rise.
  GOPS2082(Failure.SOURCE),
  /// A resource with points and with an even use.
  GOPS2083(Failure.SOURCE),
  /// The least number of servers is above the most.
  GOPS2084(Failure.SOURCE),
  /// Spare servers are stopped below the number that is kept.
  GOPS2085(Failure.SOURCE),
  /// A period with fewer or more servers than there may be.
  GOPS2086(Failure.SOURCE),
  /// A number that no server has.
  GOPS2087(Failure.SOURCE),
  /// A schedule that cron does not understand.
  GOPS2088(Failure.SOURCE),
  /// A probe of players with an answer of its own.
  GOPS2089(Failure.SOURCE),
  /// An expression of an alert with a bracket or quote too few or too many.
  GOPS2091(Failure.SOURCE),

  /// The lock has merge conflict markers.
  GOPS2901(Failure.SOURCE),
  /// A line of the lock is not a record.
  GOPS2902(Failure.SOURCE),
  /// The lock assigns one thing twice.
  GOPS2903(Failure.SOURCE),
  /// The lock gives one number to two things.
  GOPS2904(Failure.SOURCE),
  /// There is no environment of that name.
  GOPS2905(Failure.SOURCE),
  /// The lock or the state cannot be read.
  GOPS2906(Failure.INPUT_OUTPUT),
  /// The lock would change, and was to stay as it is.
  GOPS2907(Failure.STALE),
  /// The state has merge conflict markers.
  GOPS2911(Failure.SOURCE),
  /// A line of the state cannot be understood.
  GOPS2912(Failure.SOURCE),
  /// The state says one thing twice.
  GOPS2913(Failure.SOURCE),
  /// The state names a pod template that it does not hold.
  GOPS2914(Failure.SOURCE),
  /// The revision that a fleet is compared with is not valid itself.
  GOPS2915(Failure.SOURCE),
  /// There is nothing that a fleet could be compared with.
  GOPS2916(Failure.INPUT_OUTPUT),
  /// Objects of a cluster that are no YAML.
  GOPS2921(Failure.SOURCE),
  /// Objects of a cluster that do not say which side is live.
  GOPS2922(Failure.SOURCE),

  // 3xxx capacity
  /// What the servers of a game need is not known.
  GOPS3001(Failure.RULE, Severity.NOTE),
  /// A group is too large for every host of its pool.
  GOPS3002(Failure.RULE),
  /// The groups of a pool need more than its hosts have together.
  GOPS3003(Failure.RULE),
  /// More groups than the hosts of a pool have places for.
  GOPS3004(Failure.RULE),
  /// More servers that must be apart than hosts.
  GOPS3005(Failure.RULE),
  /// A host does not hold at some instant of a cut-over.
  GOPS3006(Failure.RULE),
  /// The loss of a host leaves groups without one.
  GOPS3007(Failure.RULE),
  /// A host does not hold even while nobody moves.
  GOPS3008(Failure.RULE),
  /// How much memory servers keep after logout has not been measured.
  GOPS3009(Failure.RULE, Severity.WARNING),
  /// Amounts too large to calculate with.
  GOPS3010(Failure.RULE),
  /// The requests of a host's pods exceed what its kubelet offers.
  GOPS3011(Failure.RULE),
  /// Both sides of every pair cannot run all the time.
  GOPS3012(Failure.RULE),
  /// The scheduler would not admit the pods of some step of a release.
  GOPS3013(Failure.RULE),
  /// The old and the new images of a release do not fit on a disk.
  GOPS3014(Failure.RULE),
  /// A host does not hold while scripts are reloaded.
  GOPS3015(Failure.RULE),
  /// A live group has no host left in its pool.
  GOPS3018(Failure.RULE),
  /// A failed host has groups and no release replaces it.
  GOPS3019(Failure.RULE),
  /// Neither a placement nor a proof that there is none.
  GOPS3021(Failure.RULE),
  /// There is no certificate to verify.
  GOPS3022(Failure.RULE),
  /// A certificate cannot be read.
  GOPS3023(Failure.RULE),
  /// A certificate does not show what it claims.
  GOPS3024(Failure.RULE),
  /// Lock or state do not agree with the certificate.
  GOPS3025(Failure.RULE),
  /// The loss of as many hosts as a team expects to survive is not survived.
  GOPS3026(Failure.RULE),
  /// A loss is survived that a team expects not to be.
  GOPS3027(Failure.RULE),
  /// A gateway is short of something at the worst instant, one of its nodes lost.
  GOPS3028(Failure.RULE),
  /// A zone admits more players than its servers were measured with.
  GOPS3029(Failure.RULE),
  /// The loss of a rack leaves groups without a host.
  GOPS3030(Failure.RULE),
  /// A pool lacks the empty hosts to lose several at once.
  GOPS3031(Failure.RULE),
  /// Groups run where a pool keeps hosts empty.
  GOPS3032(Failure.RULE),
  /// Groups run together on a host that each is to have for its own.
  GOPS3033(Failure.RULE),

  // 4xxx network
  /// A VPC or subnet has no address left.
  GOPS4001(Failure.RULE),
  /// A pool has no OpenFlow port number left.
  GOPS4002(Failure.RULE),
  /// A policy names servers or a network of another VPC.
  GOPS4003(Failure.RULE),
  /// A rule names servers that no zone runs.
  GOPS4004(Failure.RULE, Severity.WARNING),
  /// An earlier rule decides everything that a rule speaks of.
  GOPS4005(Failure.RULE, Severity.WARNING),
  /// A rule names the internet in a VPC without an internet gateway.
  GOPS4006(Failure.RULE),
  /// A rule names a service that the VPC cannot reach.
  GOPS4007(Failure.RULE),
  /// Neither end of a rule is a member of the policy's VPC.
  GOPS4008(Failure.RULE),
  /// What an `expect` says of the network is not so.
  GOPS4009(Failure.RULE),
  /// A gateway has no address left to give.
  GOPS4010(Failure.RULE),
  /// Packets of a VPC do not fit the underlay with the tunnel's headers.
  GOPS4011(Failure.RULE),
  /// A backbone gateway cannot tell the replies to two VPCs apart.
  GOPS4012(Failure.RULE),
  /// A service has addresses of a VPC that should reach it.
  GOPS4013(Failure.RULE),
  /// A limit is below what the players use that were promised a place.
  GOPS4014(Failure.RULE),
  /// A limit can never take effect.
  GOPS4015(Failure.RULE),
  /// The physical routers cannot hold what the network of the cluster puts into them.
  GOPS4016(Failure.RULE),
  /// Two VPCs share addresses and no overlay keeps them apart.
  GOPS4017(Failure.RULE),
  /// Something is asked for that only the overlay gives.
  GOPS4018(Failure.RULE),
  /// A VPC is in a cluster without an overlay.
  GOPS4019(Failure.RULE, Severity.WARNING),
  /// Nothing in the cluster enforces the policies of a VPC.
  GOPS4020(Failure.RULE),
  /// The default network has fewer addresses than there are servers.
  GOPS4021(Failure.RULE),
  /// A NetworkPolicy cannot tell the internet from pods.
  GOPS4022(Failure.RULE),
  /// A NetworkPolicy lets through less than a rule says.
  GOPS4023(Failure.RULE, Severity.WARNING),
  /// Queues promise more than their uplink carries.
  GOPS4024(Failure.RULE),
  /// Zones name a queue that the uplink does not have.
  GOPS4025(Failure.RULE),

  // 5xxx pairing, hot update, rollout
  /// A hot update would cut off the players of a network plugin.
  GOPS5101(Failure.RULE),
  /// A network plugin cannot keep servers reachable while a container restarts.
  GOPS5102(Failure.RULE),
  /// Only script sidecars may restart while players stay.
  GOPS5103(Failure.RULE),
  /// Nobody knows whether a network plugin keeps players while a container restarts.
  GOPS5104(Failure.RULE, Severity.WARNING),
  /// Pairs of several servers need a newer Kubernetes.
  GOPS5105(Failure.RULE),

  /// A release has nothing left to do.
  GOPS5502(Failure.RULE, Severity.NOTE),
  /// A hot update replaces a container that players are connected to.
  GOPS5503(Failure.RULE),
  /// A hot update changes more than images, so pods would be recreated.
  GOPS5504(Failure.RULE),
  /// An A/B release of zones that have no pair.
  GOPS5505(Failure.RULE),
  /// More players would be disconnected than the budget allows.
  GOPS5506(Failure.RULE),
  /// Logins of a zone cannot be moved.
  GOPS5507(Failure.RULE),
  /// The measured drain does not fall.
  GOPS5508(Failure.RULE),
  /// A host is replaced that is not failed.
  GOPS5511(Failure.RULE),
  /// The state names a version that the game does not have.
  GOPS5512(Failure.RULE),
  /// The pod template of a deployed version changed.
  GOPS5513(Failure.RULE),
  /// A release changes the persistent volumes of sets that exist.
  GOPS5514(Failure.RULE),
  /// Servers that run keep less than their profile and players now say.
  GOPS5515(Failure.RULE, Severity.WARNING),
  /// Zones run another number of servers than their game says, and no release changes it.
  GOPS5516(Failure.RULE, Severity.WARNING),
  /// The network of a running set changes.
  GOPS5521(Failure.RULE),
  /// A hot update changes how many servers there are.
  GOPS5522(Failure.RULE),
  /// One wave takes longer than the window is open.
  GOPS5523(Failure.RULE, Severity.WARNING),

  /// The number of servers of a pair follows nothing.
  GOPS5531(Failure.RULE),
  /// Even the most servers do not take all players.
  GOPS5532(Failure.RULE),
  /// Nobody knows which servers are empty.
  GOPS5533(Failure.RULE),
  /// Servers without a measured CPU are to follow it.
  GOPS5534(Failure.RULE),
  /// A release of servers whose number changes by itself.
  GOPS5535(Failure.RULE),
  /// Zones with an A/B pair are closed for an update that their other side makes needless.
  GOPS5540(Failure.RULE),
  /// A host is to be emptied and its groups have nowhere to go.
  GOPS5541(Failure.RULE),
  /// Zones are merged that cannot be one.
  GOPS5542(Failure.RULE),
  /// The number of servers of a pair is not changed by itself.
  GOPS5543(Failure.RULE),
  /// Fewer servers would be too small for their players.
  GOPS5544(Failure.RULE),
  /// Approvals have to be signed, and there is nobody who may sign.
  GOPS5560(Failure.RULE),
  /// A GitOps controller applies, and nobody says what.
  GOPS5561(Failure.RULE),
  /// A wave names a zone that its release does not change, or that another wave has.
  GOPS5524(Failure.SOURCE),
  /// A zone of a release is in none of its waves.
  GOPS5525(Failure.SOURCE),
  /// A rule by which waves are made stands beside waves that are written one by one.
  GOPS5526(Failure.SOURCE),

  // 6xxx output and target
  /// A file stands where the output folder should be.
  GOPS6001(Failure.INPUT_OUTPUT),
  /// The system refused to read or write the output.
  GOPS6002(Failure.INPUT_OUTPUT),
  /// A symbolic link stands inside the output folder.
  GOPS6003(Failure.INPUT_OUTPUT),
  /// A file that gopsc did not write stands where it would write.
  GOPS6004(Failure.INPUT_OUTPUT),
  /// The manifest of the output folder cannot be read.
  GOPS6005(Failure.INPUT_OUTPUT),
  /// The lock changed while the compile ran.
  GOPS6006(Failure.INPUT_OUTPUT),
  /// An interrupted run cannot be completed or discarded.
  GOPS6007(Failure.INPUT_OUTPUT),
  /// A folder stands where a file must be written, or a file where a folder must be.
  GOPS6008(Failure.INPUT_OUTPUT),
  /// An image without a digest may change under its name.
  GOPS6102(Failure.RULE, Severity.WARNING),
  /// Several servers of one set cannot have fixed addresses.
  GOPS6106(Failure.RULE),
  /// Pods have an interface that no policy covers.
  GOPS6107(Failure.RULE),
  /// No such network plugin.
  GOPS6111(Failure.RULE),
  /// The network plugin has no such parameter.
  GOPS6112(Failure.RULE),
  /// The network plugin needs a parameter.
  GOPS6113(Failure.RULE),
  /// A parameter that the compiler writes.
  GOPS6114(Failure.RULE),
  /// The network plugin would drop the value of a parameter.
  GOPS6115(Failure.RULE),
  /// A host port does not lead into a VPC.
  GOPS6116(Failure.RULE),
  /// The network plugin is newer than the cluster's OpenKruiseGame.
  GOPS6117(Failure.RULE),
  /// A role can be exposed through one network only.
  GOPS6118(Failure.RULE),
  /// More host ports than the whole cluster has.
  GOPS6119(Failure.RULE),
  /// A patch of an object that cannot be patched.
  GOPS6121(Failure.RULE),
  /// A patch of a field that the object does not have.
  GOPS6122(Failure.RULE),
  /// A patch of the wrong type.
  GOPS6123(Failure.RULE),
  /// A patch of a field that a proof rests on.
  GOPS6124(Failure.RULE),
  /// A patch of a list whose elements are told apart by a field that is missing.
  GOPS6125(Failure.RULE),
  /// A patch makes an object that Kubernetes would refuse or ignore.
  GOPS6126(Failure.RULE),
  /// A config file where a volume is mounted.
  GOPS6131(Failure.RULE),
  /// More text in config files than a ConfigMap holds.
  GOPS6132(Failure.RULE),
  /// Persistent volumes of one role are kept and deleted at different times.
  GOPS6141(Failure.RULE),
  /// A side that stops would lose its persistent volumes.
  GOPS6142(Failure.RULE),
  /// A budget against what the cluster does not guard.
  GOPS6143(Failure.RULE),
  /// A budget under which the emptied side could never be stopped.
  GOPS6144(Failure.RULE),
  /// A budget under which no server could be updated.
  GOPS6145(Failure.RULE),
  /// Images are to be pulled by a cluster that does not.
  GOPS6146(Failure.RULE),
  /// Two probes that overwrite what the other one said.
  GOPS6151(Failure.RULE),
  /// What a single server is told does not last.
  GOPS6152(Failure.RULE),
  /// The name of a backup is too long for a CronJob.
  GOPS6153(Failure.RULE),

  /// One image under two names, which an update in place would wait for.
  GOPS6161(Failure.RULE),
  /// An image whose name means something else after each push.
  GOPS6162(Failure.RULE),
  /// An image without a registry, whose restarts cannot be told apart.
  GOPS6163(Failure.RULE, Severity.WARNING),
  /// More ports than the load balancers have.
  GOPS6164(Failure.RULE),
  /// Fixed ports of a set whose name is the beginning of another's.
  GOPS6165(Failure.RULE),
  /// Ports for a network plugin that hands out none.
  GOPS6166(Failure.RULE),
  /// Something that Agones has no word for.
  GOPS6171(Failure.RULE),

  // 70xx style
  /// A constant that no file names.
  GOPS7001(Failure.RULE, Severity.WARNING),
  /// A template that nothing is made from.
  GOPS7002(Failure.RULE, Severity.WARNING),
  /// An import of which nothing is used.
  GOPS7003(Failure.RULE, Severity.WARNING),
  /// One name for two things in one file.
  GOPS7004(Failure.RULE, Severity.WARNING),
  /// A declaration that nothing refers to.
  GOPS7005(Failure.RULE, Severity.WARNING),
  /// An attribute that repeats what its template says.
  GOPS7006(Failure.RULE, Severity.WARNING),
  /// An override that changes nothing.
  GOPS7007(Failure.RULE, Severity.WARNING),
  /// The same numbers in three or more declarations.
  GOPS7008(Failure.RULE, Severity.WARNING),
  /// A value that a constant already has a name for.
  GOPS7009(Failure.RULE, Severity.WARNING),
  /// A policy that no expectation tests.
  GOPS7010(Failure.RULE, Severity.WARNING),
  /// A template for other files without documentation.
  GOPS7011(Failure.RULE, Severity.WARNING),
  /// A file that no environment reads.
  GOPS7012(Failure.RULE, Severity.WARNING),

  // 79xx suppressions
  /// A suppression whose last day is over.
  GOPS7901(Failure.RULE),
  /// A suppression of something that is not there.
  GOPS7902(Failure.RULE, Severity.WARNING),
  /// A waiver whose last day is over.
  GOPS7903(Failure.RULE),
  /// A rule of the team is violated.
  GOPS7921(Failure.RULE),
  /// A rule of the team that cannot be read.
  GOPS7922(Failure.SOURCE),
  /// A rule of the team that has no answer.
  GOPS7923(Failure.RULE),

  // 9xxx internal
  /// The compiler itself failed.
  GOPS9001(Failure.INTERNAL),
  /// What was generated failed its own check.
  GOPS9002(Failure.OUTPUT);

  private final Failure failure;
  private final Severity severity;

  Code(Failure failure) {
    this(failure, Severity.ERROR);
  }

  Code(Failure failure, Severity severity) {
    this.failure = failure;
    this.severity = severity;
  }

  /// What it means for the run when it is an error.
  public Failure failure() {
    return failure;
  }

  /// Whether it is a rule of style, which only `gopsc lint` and editors apply.
  public boolean isStyle() {
    return name().startsWith("GOPS70");
  }

  /// Severity unless a check says otherwise.
  public Severity severity() {
    return severity;
  }
}
