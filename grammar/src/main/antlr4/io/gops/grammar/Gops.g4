/** The .gops language: one block grammar for every kind; what a kind may hold is the schema's business.
 *
 *  The lexer has no modes and never fails: what is no token of the language becomes UNKNOWN, an open string OPEN_STRING.
 *  Keywords are contextual. The lexer reads them as IDENTIFIER; the compiler gives the keyword types below to those that stand
 *  where the keyword has its meaning, so that `step = 2` and `as { ... }` remain possible. It balances the brackets, too,
 *  before the parser runs. With both done every decision but that of a numbered path segment needs one token of lookahead,
 *  and a mistake cannot reach beyond its own line, list cell or argument.
 */
grammar Gops;

tokens { IMPORT, AS, CONST, REQUIRED, ALLOW, DENY, EXPECT, NOT, FROM, STEP, EXCEPT }

// ---- files, bodies, items

file : entries EOF ;

entries : line (separator line)* ;

line : item? ;

separator : NEWLINE | COMMA ;

item : (annotation NEWLINE*)* (importation | constant | requirement | trafficRule | expectation | statement) ;

importation : IMPORT string (AS name)? ;

constant : CONST name SET value ;

requirement : REQUIRED reference ;

trafficRule : (ALLOW | DENY) endpoint (ARROW | BOTH_WAYS) endpoint ;

expectation : EXPECT NOT? endpoint (ARROW endpoint | block)? ;

/** An assignment or a declaration: the first token after the path tells. */
statement : key=path ((SET | APPEND) value | label* (FROM base=path)? block?) ;

label : name | string | numbers ;

numbers : INTEGER (RANGE INTEGER)? (STEP INTEGER)? (EXCEPT list)? ;

block : OPEN entries CLOSE ;

annotation : AT name (OPEN_GROUP slot (COMMA slot)* CLOSE_GROUP)? ;

slot : argument? ;

argument : (name SET)? value ;

// ---- names

path : (name | string) (DOT segment)* ;

reference : name (DOT segment)* ;

segment : name | string | INTEGER (RANGE INTEGER)? ;

name : IDENTIFIER ;

string : STRING ;

endpoint : reference (COLON port)? ;

port : name | INTEGER (RANGE INTEGER)? ;

// ---- values

value : expression ;

expression : product ((PLUS | MINUS) product)* ;

product : signed ((STAR | SLASH) signed)* ;

signed : MINUS? operand ;

operand : primary (RANGE primary)? (STEP primary)? (EXCEPT list)? ;

primary
    : INTEGER
    | DECIMAL
    | QUANTITY
    | PERCENT
    | TIME
    | ADDRESS
    | CIDR
    | VERSION
    | string
    | reference
    | list
    | block
    | OPEN_GROUP expression CLOSE_GROUP
    ;

list : OPEN_LIST cell (separator cell)* CLOSE_LIST ;

cell : element? ;

element : expression (ARROW expression)? ;

// ---- tokens

NEWLINE : '\r' '\n'? | '\n' ;
SPACE   : [ \t\f\u000B\uFEFF]+ -> channel(HIDDEN) ;

DOC_COMMENT   : '///' (~[/\r\n] ~[\r\n]*)? -> channel(HIDDEN) ;
LINE_COMMENT  : '//' ~[\r\n]* -> channel(HIDDEN) ;
HASH_COMMENT  : '#' ~[\r\n]* -> channel(HIDDEN) ;
BLOCK_COMMENT : '/*' (~'*' | '*'+ ~[*/])* '*'+ '/' -> channel(HIDDEN) ;
OPEN_COMMENT  : '/*' (~'*' | '*'+ ~[*/])* '*'* -> channel(HIDDEN) ;

IDENTIFIER : [A-Za-z_] ([A-Za-z0-9_] | '-'+ [A-Za-z0-9_])* ;

STRING       : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
OPEN_STRING  : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
OTHER_STRING : '\'' ~['\r\n]* '\'' | '\u201C' ~[\u201C\u201D\r\n]* '\u201D' | '\u2018' ~[\u2018\u2019\r\n]* '\u2019' ;

INTEGER  : DIGIT+ ;
DECIMAL  : NUMBER_ ;
QUANTITY : (INTEGER | NUMBER_) (UNIT ('/' [A-Za-z]+)? | '/' [A-Za-z]+) ;
PERCENT  : (INTEGER | NUMBER_) '%' ;
TIME     : DIGIT DIGIT? ':' DIGIT DIGIT ;
VERSION  : DIGIT+ '.' DIGIT+ '.' DIGIT+ ('-' [A-Za-z0-9]+)* ;
ADDRESS  : IPV4 | IPV6 ;
CIDR     : (IPV4 | IPV6) '/' DIGIT+ ;

OPEN        : '{' ;
CLOSE       : '}' ;
OPEN_LIST   : '[' ;
CLOSE_LIST  : ']' ;
OPEN_GROUP  : '(' ;
CLOSE_GROUP : ')' ;
COMMA       : ',' ;
SET         : '=' ;
APPEND      : '+=' ;
OTHER_SET   : '==' | ':=' ;
COLON       : ':' ;
SEMICOLON   : ';' ;
AT          : '@' ;
DOT         : '.' ;
RANGE       : '..' ;
ARROW       : '->' ;
BOTH_WAYS   : '<->' ;
PLUS        : '+' ;
MINUS       : '-' ;
STAR        : '*' ;
SLASH       : '/' ;

/** A word with letters outside ASCII: read as a name, with an error. */
OTHER_NAME : [A-Za-z_]? [\p{L}] ([\p{L}\p{N}_] | '-' [\p{L}\p{N}_])* ;

UNKNOWN : . ;

fragment DIGIT   : [0-9] ;
fragment NUMBER_ : DIGIT+ '.' DIGIT+ ;
fragment UNIT    : [A-Za-z\u00B5\u03BC] [A-Za-z0-9]* ;
fragment IPV4    : DIGIT+ '.' DIGIT+ '.' DIGIT+ '.' DIGIT+ ;
fragment HEX     : [0-9A-Fa-f] ;
fragment H16     : HEX (HEX (HEX HEX?)?)? ;
fragment IPV6    : (H16 (':' H16)*)? '::' (H16 (':' H16)* | (H16 ':')* IPV4)?
                 | H16 ':' H16 ':' H16 ':' H16 ':' H16 ':' H16 ':' (H16 ':' H16 | IPV4) ;
