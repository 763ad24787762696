grammar Gops; file : EOF ;
