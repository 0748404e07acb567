return new File(basedir, 'build.log').text.contains('dark-mode is on')
